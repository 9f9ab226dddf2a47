package dev.fairlead.engine;

import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Handler;
import dev.fairlead.engine.transaction.Inbox;
import dev.fairlead.engine.transaction.InboxNote;
import dev.fairlead.engine.transaction.InboxTransaction;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Handles many events in one transaction, before the lanes.
 *
 * <p>It takes what comes next in the log, except for keys that the lanes are busy with or that are parked: their events queue there. When a
 * batch fails, hangs, or holds an event that was handled before, it leaves nothing, and its events go to the lanes, where each
 * has a transaction, attempts and a key of its own to be parked.
 */
final class BatchIntake<K, E> implements Intake, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BatchIntake.class.getName());

    private final String name;
    private final EventInlet<K, E> inlet;
    private final Inbox inbox;
    private final Handler.Transactional<K, E> handler;
    private final FailurePolicy policy;
    private final Parking parking;
    private final Lanes lanes;
    private final GroupProgress progress;
    private final GroupCounts counts;
    private final TimeSource time;
    private final Steps steps;
    private final Telemetry.Work work;
    private final BlockingQueue<Taken> queue = new LinkedBlockingQueue<>();
    private final ArrayDeque<Taken> next = new ArrayDeque<>(); // of the worker alone
    private volatile boolean closed;
    private volatile Thread worker = Thread.currentThread();

    BatchIntake(
            String name,
            EventInlet<K, E> inlet,
            Inbox inbox,
            Handler.Transactional<K, E> handler,
            FailurePolicy policy,
            Parking parking,
            Lanes lanes,
            GroupProgress progress,
            GroupCounts counts,
            TimeSource time,
            Steps steps,
            Telemetry.Work work) {
        this.name = name;
        this.inlet = inlet;
        this.inbox = inbox;
        this.handler = handler;
        this.policy = policy;
        this.parking = parking;
        this.lanes = lanes;
        this.progress = progress;
        this.counts = counts;
        this.time = time;
        this.steps = steps;
        this.work = work;
    }

    @Override
    public void take(List<Taken> records) {
        queue.addAll(records);
    }

    /** An event of a batch. */
    private record Entry<K, E>(Taken taken, Arrival.Known<K, E> known, InboxNote note) {}

    void start() {
        goOn(() -> {});
    }

    /** Works on a new thread, after something else was done there. */
    private void goOn(Runnable first) {
        worker = Thread.ofPlatform()
                .daemon()
                .name("fairlead " + name + " batch")
                .unstarted(() -> {
                    first.run();
                    run();
                });
        worker.start();
    }

    private void run() {
        boolean own = true;
        while (own && !closed) {
            List<Entry<K, E>> batch = new ArrayList<>();
            try {
                if (next.isEmpty()) {
                    next.add(queue.take());
                    queue.drainTo(next, handler.most() - 1);
                }
                fill(batch);
                own = batch.isEmpty() || perform(batch);
            } catch (InterruptedException e) {
                LOG.log(System.Logger.Level.DEBUG, () -> name + " was interrupted while it waited");
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.WARNING, () -> name + " goes on with a batch one by one", e);
                toLanes(batch);
            }
        }
    }

    /** Takes what comes next and may be handled together; what may not goes to the lanes, behind what is before it. */
    private void fill(List<Entry<K, E>> batch) {
        Set<String> keys = new HashSet<>();
        while (!next.isEmpty()) {
            Taken taken = next.element();
            String lane = ParkedKeys.name(taken.record().key());
            Entry<K, E> entry = entry(lane, taken);
            if (entry == null && keys.contains(lane)) {
                return;
            }
            if (entry == null) {
                lanes.take(List.of(taken));
            } else {
                batch.add(entry);
                keys.add(lane);
            }
            next.remove();
        }
    }

    private @Nullable Entry<K, E> entry(String lane, Taken taken) {
        if (taken.replayed()
                || parking.wasParked(taken.offset())
                || parking.first(lane).isPresent()
                || lanes.isBusy(lane)) {
            return null;
        }
        LogRecord written = taken.record();
        return inlet.look(written) instanceof Arrival.Known<K, E> known
                ? new Entry<>(
                        taken,
                        known,
                        new InboxNote(
                                written.key(),
                                known.happened().version(),
                                inlet.envelope(written).epoch()))
                : null;
    }

    /** Returns false when it took too long, and another thread has taken over. */
    private boolean perform(List<Entry<K, E>> batch) {
        InboxTransaction transaction = inbox.transaction();
        Attempt attempt = new Attempt();
        TimeSource.Alarm limit = time.at(time.nanos() + policy.timeLimit().toNanos(), () -> {
            if (attempt.giveUp()) {
                goOn(() -> {
                    transaction.abandon();
                    toLanes(batch);
                });
            }
        });
        boolean done = commit(transaction, batch);
        boolean inTime = attempt.end();
        limit.cancel();
        if (!inTime) {
            return false;
        }
        boolean interrupted = Thread.interrupted();
        if (done) {
            batch.forEach(entry -> progress.done(entry.taken()));
            counts.handled.add(batch.size());
        } else if (!(interrupted && closed)) {
            toLanes(batch);
        }
        return true;
    }

    private boolean commit(InboxTransaction transaction, List<Entry<K, E>> batch) {
        try {
            return transaction.run(batch.stream().map(Entry::note).toList(), connection -> {
                for (Entry<K, E> entry : batch) {
                    steps.receive(work, entry.known().origin(), () -> {
                        handler.action().handle(connection, entry.known().happened());
                        return true;
                    });
                }
            });
        } catch (Throwable failure) { // whatever an application throws; each event has its own attempts in the lanes
            LOG.log(System.Logger.Level.DEBUG, () -> name + " handles a batch one by one", failure);
            return false;
        }
    }

    private void toLanes(List<Entry<K, E>> batch) {
        lanes.take(batch.stream().map(Entry::taken).toList());
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
    }
}
