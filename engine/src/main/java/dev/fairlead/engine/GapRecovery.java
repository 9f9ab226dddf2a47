package dev.fairlead.engine;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Fetches missing records from the log again, one request per gap and round, with growing pauses while it fails.
 *
 * <p>Has a reader of its own, so that the feed goes on meanwhile.
 */
final class GapRecovery implements Runnable {
    private static final System.Logger LOG = System.getLogger(GapRecovery.class.getName());
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Log log;
    private final String item;
    private final Applier<?, ?> applier;
    private final Runnable afterwards;

    /** @param afterwards called after every round */
    GapRecovery(Log log, String item, Applier<?, ?> applier, Runnable afterwards) {
        this.log = log;
        this.item = item;
        this.applier = applier;
        this.afterwards = afterwards;
    }

    @Override
    public void run() {
        long pause = SHORTEST_PAUSE;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                awaitGap();
                int before = applier.gaps().all().size();
                applier.gaps().all().forEach(gap -> fetch(gap.offset()));
                afterwards.run();
                int after = applier.gaps().all().size();
                pause = after < before ? SHORTEST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2);
                if (after > 0) {
                    LockSupport.parkNanos(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitGap() throws InterruptedException {
        applier.lock().lockInterruptibly();
        try {
            boolean found = false;
            while (!found) {
                found = applier.progress().await(applier.gaps()::any, Long.MAX_VALUE);
            }
        } finally {
            applier.lock().unlock();
        }
    }

    private void fetch(long offset) {
        try (LogReader reader = log.read(item, 0, offset)) {
            LogBatch batch = reader.poll(1, PATIENCE);
            for (LogRecord record : batch.records()) {
                if (record.offset() == offset) {
                    applier.refetched(record);
                    return;
                }
                if (record.offset() > offset && record.emptyFrom() <= offset) {
                    applier.superseded(offset);
                    return;
                }
            }
            if (batch.bounds().compactedBelow() > offset) {
                applier.superseded(offset);
            }
        } catch (FairleadException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "record " + offset + " of " + item + " cannot be fetched yet", e);
        }
    }
}
