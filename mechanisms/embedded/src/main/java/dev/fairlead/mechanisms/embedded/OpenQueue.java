package dev.fairlead.mechanisms.embedded;

import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.RocksDBException;

/**
 * A queue while the store is open: lets messages go from those that are ready to the receivers that hold them, and back.
 *
 * <p>The committer's thread tells what is written, receivers take. A lease and the return of a message are not written: a message stays
 * ready in the database until it is settled, so that after a kill all that were held come again.
 */
final class OpenQueue implements AutoCloseable {
    private static final long POLL_BYTES = 16L << 20;

    private final String name;
    private final int id;
    private final TimeSource time;
    private final Wakeup leaseEnds;
    private final DueMessages due;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ReadyMessages ready;
    private final HeldMessages held = new HeldMessages();
    private volatile QueueRow row;

    OpenQueue(QueueRow row, Database database, WriteQueue writes, TimeSource time) {
        this.row = row;
        this.id = row.id();
        this.name = row.definition().name();
        this.time = time;
        this.leaseEnds = new Wakeup(time, this::expire);
        this.due = new DueMessages(time, () -> writes.addAtOnce(new PromoteRequest(this, database)));
        this.ready = new ReadyMessages(
                id, database, place -> writes.addAtOnce(new SetGarbledAsideRequest(this, database, place)));
    }

    /** Reads what a former run has left. */
    void load(Handles handles) throws RocksDBException {
        ready.load(handles);
        due.next(QueueScan.nextDue(handles, id, 0));
    }

    String name() {
        return name;
    }

    int id() {
        return id;
    }

    TimeSource time() {
        return time;
    }

    DueMessages due() {
        return due;
    }

    QueueRow row() {
        return row;
    }

    void row(QueueRow newer) {
        lock.lock();
        try {
            if (newer.later() < row.later()) {
                due.fewer();
            }
            row = newer;
        } finally {
            lock.unlock();
        }
    }

    /** A message whose moment has come waits, although it was not made ready yet; of several, one is seen so. */
    QueueDepth depth() {
        lock.lock();
        try {
            long waiting = Math.max(0, row.ready() - held.size());
            long comes = row.later() > 0 && due.overdue() ? 1 : 0;
            return new QueueDepth(waiting + comes, row.later() - comes, held.size(), row.dead());
        } finally {
            lock.unlock();
        }
    }

    void arrived(ReadyMessage message) {
        lock.lock();
        try {
            ready.arrived(message);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next messages, or none after the time, or when the receiver is closed. They are not leased yet. */
    List<HeldMessage> take(EmbeddedReceiver receiver, int most, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (true) {
                List<HeldMessage> taken = receiver.closed() ? List.of() : takeNow(receiver, most);
                if (!taken.isEmpty() || left <= 0 || receiver.closed()) {
                    arrived.signal();
                    return taken;
                }
                left = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<HeldMessage> takeNow(EmbeddedReceiver receiver, int most) {
        ready.fill(row.next());
        List<HeldMessage> taken = new ArrayList<>();
        long bytes = 0;
        while (taken.size() < most && bytes < POLL_BYTES) {
            ReadyMessage next = ready.next();
            if (next == null) {
                break;
            }
            HeldMessage message = new HeldMessage(this, receiver, next);
            held.hold(message);
            taken.add(message);
            bytes += next.stored().size();
        }
        return taken;
    }

    /** The leases of these begin; those whose receiver's mechanism was closed meanwhile are left out. */
    List<HeldMessage> begin(List<HeldMessage> taken, long lease) {
        List<HeldMessage> begun = new ArrayList<>(taken.size());
        lock.lock();
        try {
            long until = time.nanos() + lease;
            for (HeldMessage message : taken) {
                if (message.begin(until)) {
                    held.lease(message);
                    begun.add(message);
                }
            }
        } finally {
            lock.unlock();
        }
        watchLeases();
        return begun;
    }

    /** These could not be handed out. */
    void undo(List<HeldMessage> taken) {
        lock.lock();
        try {
            for (HeldMessage message : taken) {
                loseTo(message, message.attempt() - 1);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the message back, if nobody is settling it. */
    private void loseTo(HeldMessage message, int attempts) {
        held.unlease(message);
        if (message.lose()) {
            putBack(message, attempts);
        }
    }

    private void putBack(HeldMessage message, int attempts) {
        held.release(message);
        ready.giveBack(new ReadyMessage(message.place(), attempts, message.stored()));
        arrived.signal();
    }

    /** Whether the message is still leased; from now on its lease does not end. */
    boolean settling(HeldMessage message) {
        boolean over;
        lock.lock();
        try {
            over = message.overdue(time.nanos());
            if (!over && message.settle()) {
                held.unlease(message);
                return true;
            }
        } finally {
            lock.unlock();
        }
        if (over) {
            expire();
        }
        return false;
    }

    /** The message has left its place for good. */
    void settled(HeldMessage message) {
        lock.lock();
        try {
            held.release(message);
        } finally {
            lock.unlock();
        }
    }

    /** The message could not be settled: its lease goes on, if it is not gone after all. */
    void unsettled(HeldMessage message) {
        lock.lock();
        try {
            if (!held.holds(message)) {
                return;
            }
            if (message.receiver().abandoned()) {
                putBack(message, message.attempt());
            } else if (message.unsettle()) {
                held.lease(message);
            }
        } finally {
            lock.unlock();
        }
        watchLeases();
    }

    /** The message is to be handed out again at once. */
    void giveBack(HeldMessage message) {
        lock.lock();
        try {
            putBack(message, message.attempt());
        } finally {
            lock.unlock();
        }
    }

    /** Takes back what the receiver holds. */
    void abandon(EmbeddedReceiver receiver) {
        lock.lock();
        try {
            for (HeldMessage message : held.all()) {
                if (message.receiver() == receiver) {
                    loseTo(message, message.attempt());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the receivers, because this one was closed. */
    void closed(EmbeddedReceiver receiver) {
        lock.lock();
        try {
            receiver.holds(0);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void expire() {
        lock.lock();
        try {
            long now = time.nanos();
            for (HeldMessage first = held.firstToEnd();
                    first != null && first.overdue(now);
                    first = held.firstToEnd()) {
                loseTo(first, first.attempt());
            }
        } finally {
            lock.unlock();
        }
        watchLeases();
    }

    private void watchLeases() {
        HeldMessage first;
        lock.lock();
        try {
            first = held.firstToEnd();
        } finally {
            lock.unlock();
        }
        if (first != null) {
            leaseEnds.by(first.until());
        }
    }

    /** The messages at these places are gone, whoever had them. */
    void erased(Set<Long> places) {
        lock.lock();
        try {
            ready.erased(places);
            for (long place : places) {
                HeldMessage message = held.at(place);
                if (message != null) {
                    held.unlease(message);
                    held.release(message);
                    message.erased();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the message is still in the hands of its receiver. */
    boolean holds(HeldMessage message) {
        lock.lock();
        try {
            return held.holds(message);
        } finally {
            lock.unlock();
        }
    }

    /** Takes over what a write of unknown outcome may have left, after the database was opened anew. */
    void adopt(Handles handles, QueueRow stored) throws RocksDBException {
        lock.lock();
        try {
            row = stored;
            due.next(QueueScan.nextDue(handles, id, 0));
            for (HeldMessage message : held.all()) {
                if (QueueScan.find(handles, id, Kind.READY, message.place()) == null) {
                    held.unlease(message);
                    held.release(message);
                    message.lose();
                }
            }
            ready.adopt(handles);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        leaseEnds.close();
        due.close();
    }
}
