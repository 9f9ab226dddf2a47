package dev.fairlead.engine;

import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Fetches missing records from the log again, those in a row together, with growing pauses while it fails.
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
                rows(applier.gaps().all()).forEach(this::fetch);
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

    /** Missing records that follow each other: from an offset up to before another. */
    private record Row(long from, long to) {}

    private static List<Row> rows(Collection<Gaps.Gap> gaps) {
        List<Row> rows = new ArrayList<>();
        for (Gaps.Gap gap : gaps) {
            Row last = rows.isEmpty() ? null : rows.getLast();
            if (last != null && last.to() == gap.offset()) {
                rows.set(rows.size() - 1, new Row(last.from(), gap.offset() + 1));
            } else {
                rows.add(new Row(gap.offset(), gap.offset() + 1));
            }
        }
        return rows;
    }

    private void fetch(Row row) {
        try (LogReader reader = log.read(item, 0, row.from())) {
            long from = row.from();
            long before = -1;
            while (from < row.to() && from > before) {
                LogBatch batch = reader.poll((int) (row.to() - from), PATIENCE);
                before = from;
                from = settle(before, row.to(), batch, reader.next());
            }
        } catch (RuntimeException | Error e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "records from " + row.from() + " of " + item + " cannot be fetched yet",
                    e);
        }
    }

    /** Hands on what has come of those that are missing from the offset on, and returns from where on nothing is known. */
    private long settle(long from, long to, LogBatch batch, long read) {
        long compactedBelow = batch.bounds().compactedBelow();
        long known = from;
        for (LogRecord record : batch.records()) {
            absent(known, Math.min(record.offset(), to), record.emptyFrom(), compactedBelow);
            if (record.offset() >= known && record.offset() < to) {
                applier.refetched(record);
            }
            known = Math.max(known, record.offset() + 1);
        }
        long looked = Math.max(known, read);
        absent(known, Math.min(looked, to), Long.MAX_VALUE, compactedBelow);
        return looked;
    }

    /** What the log does not have any more is superseded, and what it should have is still missing. */
    private void absent(long from, long to, long emptyFrom, long compactedBelow) {
        for (long offset = from; offset < to; offset++) {
            if (offset >= emptyFrom || offset < compactedBelow) {
                applier.superseded(offset);
            }
        }
    }
}
