package dev.fairlead.testkit.workload;

import dev.fairlead.api.Position;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryRecorder;
import java.time.Duration;

/**
 * Reads a log from its start to an end that is told later, and writes down what it gets. One that commits ends its session now
 * and then and goes on from what it committed, so that records come again.
 */
final class FollowingReader implements Runnable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int PAGE = 64;
    private static final int PAGES_PER_COMMIT = 5;
    private static final int PAGES_PER_SESSION = 17;

    private final HistoryRecorder history;
    private final Log log;
    private final String name;
    private final int item;
    private final int process;
    private final boolean committing;
    private final Duration patience;
    private volatile long end = Long.MAX_VALUE;
    private long session;
    private long deliveredBelow;
    private long furthest;
    /** When it gives up, unless something new comes before. */
    private long giveUp;

    /** @param patience how long nothing new may come before the rest is given up */
    FollowingReader(
            HistoryRecorder history,
            Log log,
            String name,
            int item,
            int process,
            boolean committing,
            Duration patience) {
        this.history = history;
        this.log = log;
        this.name = name;
        this.item = item;
        this.process = process;
        this.committing = committing;
        this.patience = patience;
    }

    int item() {
        return item;
    }

    /** Lets it end when it has read everything below. */
    void endAt(long offset) {
        end = offset;
    }

    @Override
    public void run() {
        beginPatience();
        long from = 0;
        while (from < end && System.nanoTime() < giveUp) {
            from = session(from);
        }
    }

    private void beginPatience() {
        giveUp = System.nanoTime() + patience.toNanos();
    }

    /** Reads for a while; returns where the next session begins. */
    private long session(long from) {
        session++;
        long committed = from;
        deliveredBelow = from;
        try (LogReader reader = log.read(name, 0, from)) {
            for (int page = 1; reader.next() < end && System.nanoTime() < giveUp; page++) {
                reader.poll(PAGE, POLL).records().forEach(this::delivered);
                if (committing && page % PAGES_PER_COMMIT == 0) {
                    committed = commit(Math.min(reader.next(), deliveredBelow));
                }
                if (committing && page % PAGES_PER_SESSION == 0) {
                    return committed;
                }
            }
            return reader.next();
        }
    }

    private void delivered(LogRecord record) {
        if (record.offset() >= furthest) {
            furthest = record.offset() + 1;
            beginPatience();
        }
        SentRecord sent = SentRecord.of(record, item);
        deliveredBelow = Math.max(deliveredBelow, record.offset() + 1);
        history.note(
                process,
                Type.OK,
                Function.DELIVER,
                item,
                sent.key(),
                sent.sequence(),
                record.offset(),
                session,
                sent.checksum());
    }

    private long commit(long next) {
        log.commit(name, "workload", new Position(0, next));
        history.note(process, Type.OK, Function.COMMIT, item, 0, 0, next, session, 0);
        return next;
    }
}
