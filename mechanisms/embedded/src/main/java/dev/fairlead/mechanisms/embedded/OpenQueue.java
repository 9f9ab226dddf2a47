package dev.fairlead.mechanisms.embedded;

import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * What is known of a queue while the store is open: the next messages, and who holds which. Everything else stays in the database,
 * so that a deep queue takes no memory.
 *
 * <p>The committer's thread tells what is written, receivers take. A lease and the return of a message are not written: a message stays
 * ready in the database until it is settled, so that after a kill all that were held come again.
 */
final class OpenQueue implements AutoCloseable {
    private static final int WINDOW = 1024;
    private static final long WINDOW_BYTES = 1L << 20;
    private static final long POLL_BYTES = 16L << 20;

    /** A jump of the wall clock is noticed within this time. */
    private static final Duration LONGEST_WATCH = Duration.ofSeconds(30);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final String name;
    private final int id;
    private final Database database;
    private final WriteQueue writes;
    private final TimeSource time;
    private final Wakeup leaseEnds;
    private final Wakeup dueComes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Ready> window = new ArrayDeque<>();
    private final Deque<Ready> returned = new ArrayDeque<>();
    private final Map<Long, HeldMessage> held = new HashMap<>();
    private final TreeSet<HeldMessage> leases = new TreeSet<>(HeldMessage.BY_LEASE);
    private final Map<Long, Integer> carried = new HashMap<>();
    private volatile QueueRow row;
    private long windowBytes;
    private long loadedBelow;
    private long nextDue = Long.MAX_VALUE;
    private boolean promoting;
    private boolean returnedFirst;

    /** A message that nobody holds. */
    record Ready(long place, int attempts, StoredMessage stored) {}

    OpenQueue(QueueRow row, Database database, WriteQueue writes, TimeSource time) {
        this.row = row;
        this.id = row.id();
        this.name = row.definition().name();
        this.database = database;
        this.writes = writes;
        this.time = time;
        this.leaseEnds = new Wakeup(time, this::expire);
        this.dueComes = new Wakeup(time, this::due);
    }

    void load(Handles handles) throws RocksDBException {
        for (QueueScan.Row each :
                QueueScan.read(handles, id, Kind.ATTEMPTS, 0, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE)) {
            carried.put(each.first(), (int) Keys.number(each.value()));
        }
        nextDue = QueueScan.nextDue(handles, id, 0);
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

    QueueRow row() {
        return row;
    }

    void row(QueueRow newer) {
        lock.lock();
        try {
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
            long comes = row.later() > 0 && nextDue <= time.now().toEpochMilli() ? 1 : 0;
            return new QueueDepth(waiting + comes, row.later() - comes, held.size(), row.dead());
        } finally {
            lock.unlock();
        }
    }

    /** A message is ready; it stays in memory only if nothing before it is in the database alone. */
    void arrived(Ready message) {
        lock.lock();
        try {
            int size = message.stored().size();
            boolean fits = window.isEmpty() || window.size() < WINDOW && windowBytes + size <= WINDOW_BYTES;
            if (message.place() == loadedBelow && fits) {
                window.add(message);
                windowBytes += size;
                loadedBelow = message.place() + 1;
            }
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
        List<HeldMessage> taken = new ArrayList<>();
        long bytes = 0;
        while (taken.size() < most && bytes < POLL_BYTES) {
            if (taken.isEmpty() && window.isEmpty() && loadedBelow < row.next()) {
                refill();
            }
            Ready next = next();
            if (next == null) {
                break;
            }
            HeldMessage message = new HeldMessage(this, receiver, next);
            hold(message);
            taken.add(message);
            bytes += next.stored().size();
        }
        return taken;
    }

    /** Takes turns, so that a message that is given back at once keeps no other away. */
    private @Nullable Ready next() {
        returnedFirst = !returnedFirst;
        if (!returned.isEmpty() && (returnedFirst || window.isEmpty())) {
            return returned.poll();
        }
        Ready next = window.poll();
        if (next != null) {
            windowBytes -= next.stored().size();
        }
        return next;
    }

    private void refill() {
        long below = row.next();
        List<QueueScan.Row> rows = QueueScan.read(database, id, Kind.READY, loadedBelow, below, WINDOW, WINDOW_BYTES);
        List<Ready> found = new ArrayList<>(rows.size());
        for (QueueScan.Row each : rows) {
            StoredMessage stored = StoredMessage.read(database, each.value());
            found.add(new Ready(each.first(), carried.getOrDefault(each.first(), stored.attempts()), stored));
        }
        found.forEach(message -> windowBytes += message.stored().size());
        window.addAll(found);
        carried.keySet().removeIf(place -> place < loadedBelow);
        loadedBelow = rows.isEmpty() ? below : rows.getLast().first() + 1;
    }

    private void hold(HeldMessage message) {
        held.put(message.place(), message);
        message.receiver().holds(1);
    }

    private boolean release(HeldMessage message) {
        boolean mine = held.remove(message.place(), message);
        if (mine) {
            message.receiver().holds(-1);
        }
        return mine;
    }

    /** The leases of these begin; those whose receiver's mechanism was closed meanwhile are left out. */
    List<HeldMessage> begin(List<HeldMessage> taken, long lease) {
        List<HeldMessage> begun = new ArrayList<>(taken.size());
        lock.lock();
        try {
            long until = time.nanos() + lease;
            for (HeldMessage message : taken) {
                if (message.begin(until)) {
                    leases.add(message);
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
                leases.remove(message);
                if (message.lose()) {
                    putBack(message, message.attempt() - 1);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void putBack(HeldMessage message, int attempts) {
        release(message);
        returned.add(new Ready(message.place(), attempts, message.stored()));
        arrived.signal();
    }

    /** Whether the message is still leased; from now on its lease does not end. */
    boolean settling(HeldMessage message) {
        boolean over;
        lock.lock();
        try {
            over = message.overdue(time.nanos());
            if (!over && message.settle()) {
                leases.remove(message);
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
            release(message);
        } finally {
            lock.unlock();
        }
    }

    /** The message could not be settled: its lease goes on, if it is not gone after all. */
    void unsettled(HeldMessage message) {
        lock.lock();
        try {
            if (held.get(message.place()) != message) {
                return;
            }
            if (message.receiver().abandoned()) {
                putBack(message, message.attempt());
            } else if (message.unsettle()) {
                leases.add(message);
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
            for (HeldMessage message : List.copyOf(held.values())) {
                if (message.receiver() == receiver) {
                    leases.remove(message);
                    if (message.lose()) {
                        putBack(message, message.attempt());
                    }
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
            while (!leases.isEmpty() && leases.first().overdue(now)) {
                HeldMessage first = leases.pollFirst();
                first.lose();
                putBack(first, first.attempt());
            }
        } finally {
            lock.unlock();
        }
        watchLeases();
    }

    private void watchLeases() {
        long first;
        lock.lock();
        try {
            if (leases.isEmpty()) {
                return;
            }
            first = leases.first().until();
        } finally {
            lock.unlock();
        }
        leaseEnds.by(first);
    }

    /** A message was written that becomes ready at the moment. */
    void later(long due) {
        lock.lock();
        try {
            nextDue = Math.min(nextDue, due);
        } finally {
            lock.unlock();
        }
        watchDue();
    }

    long nextDue() {
        lock.lock();
        try {
            return nextDue;
        } finally {
            lock.unlock();
        }
    }

    void watchDue() {
        long due = nextDue();
        if (due != Long.MAX_VALUE) {
            long wait = Math.clamp(due - time.now().toEpochMilli(), 0, LONGEST_WATCH.toMillis());
            dueComes.by(time.nanos() + TimeUnit.MILLISECONDS.toNanos(wait));
        }
    }

    private void due() {
        lock.lock();
        try {
            boolean come = nextDue <= time.now().toEpochMilli();
            if (come && promoting) {
                return;
            }
            promoting = come;
        } finally {
            lock.unlock();
        }
        if (promoting()) {
            writes.addAtOnce(new PromoteRequest(this, database));
        } else {
            watchDue();
        }
    }

    private boolean promoting() {
        lock.lock();
        try {
            return promoting;
        } finally {
            lock.unlock();
        }
    }

    /** What was due is ready, and this comes next. */
    void promoted(long due) {
        lock.lock();
        try {
            promoting = false;
            nextDue = due;
        } finally {
            lock.unlock();
        }
        watchDue();
    }

    /** What is due could not be made ready, and is tried again. */
    void promotionFailed() {
        lock.lock();
        try {
            promoting = false;
        } finally {
            lock.unlock();
        }
        dueComes.by(time.nanos() + AGAIN.toNanos());
    }

    /** The messages at these places are gone, whoever had them. */
    void erased(Set<Long> places) {
        lock.lock();
        try {
            for (Ready each : window) {
                windowBytes -= places.contains(each.place()) ? each.stored().size() : 0;
            }
            window.removeIf(each -> places.contains(each.place()));
            returned.removeIf(each -> places.contains(each.place()));
            carried.keySet().removeAll(places);
            for (long place : places) {
                HeldMessage message = held.get(place);
                if (message != null) {
                    leases.remove(message);
                    release(message);
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
            return held.get(message.place()) == message;
        } finally {
            lock.unlock();
        }
    }

    /** Takes over what a write of unknown outcome may have left, after the database was opened anew. */
    void adopt(Handles handles, QueueRow stored) throws RocksDBException {
        lock.lock();
        try {
            row = stored;
            nextDue = QueueScan.nextDue(handles, id, 0);
            for (HeldMessage message : List.copyOf(held.values())) {
                if (QueueScan.find(handles, id, Kind.READY, message.place()) == null) {
                    leases.remove(message);
                    release(message);
                    message.lose();
                }
            }
            for (Iterator<Ready> each = returned.iterator(); each.hasNext(); ) {
                if (QueueScan.find(handles, id, Kind.READY, each.next().place()) == null) {
                    each.remove();
                }
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        leaseEnds.close();
        dueComes.close();
    }
}
