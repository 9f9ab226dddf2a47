package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a log: from memory at its end, from the database behind. */
final class EmbeddedLogReader implements LogReader {
    private final Opening opening;
    private final OpenLog log;
    private final Waiting waiting = new Waiting();
    private final StoredRecords stored;
    private @Nullable TailSegment segment;
    private @Nullable Beat seen;
    private int erasures;
    private volatile long next;
    private volatile boolean closed;

    private EmbeddedLogReader(Opening opening, OpenLog log, long offset) {
        this.opening = opening;
        this.log = log;
        this.stored = new StoredRecords(opening.store().database(), log, StoredRecords.FETCH_BYTES);
        this.next = Math.max(0, offset);
    }

    static EmbeddedLogReader open(Opening opening, OpenLog log, long offset) {
        EmbeddedLogReader reader = new EmbeddedLogReader(opening, log, offset);
        log.join(reader.waiting);
        opening.join(reader);
        return reader;
    }

    @Override
    public LogBatch poll(int maxRecords, Duration wait) {
        long begin = System.nanoTime();
        long nanos = nanos(wait);
        while (true) {
            if (closed) {
                throw StorageFailures.closed();
            }
            List<LogRecord> records = new ArrayList<>();
            take(records, maxRecords);
            Beat beat = newBeat();
            long left = nanos - (System.nanoTime() - begin);
            if (!records.isEmpty() || beat != null || left <= 0) {
                return new LogBatch(records, bounds(records), beat);
            }
            waiting.await(() -> log.end() > next || log.beat() != seen || closed, left);
            if (Thread.currentThread().isInterrupted()) {
                throw StorageFailures.interrupted();
            }
        }
    }

    private static long nanos(Duration wait) {
        try {
            return wait.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private void take(List<LogRecord> records, int most) {
        dropErased();
        long end = log.end();
        long first = Math.max(next, Math.min(log.start(), end));
        next = first;
        if (first >= end) {
            return;
        }
        if (stored.holds(next) || !inTail()) {
            next = stored.take(records, next, end, most);
        } else {
            takeTail(records, most);
        }
    }

    /** What was fetched before an erasure may hold what was erased. */
    private void dropErased() {
        int now = log.erasures();
        if (now != erasures) {
            erasures = now;
            segment = null;
            stored.clear();
        }
    }

    private boolean inTail() {
        TailSegment current = segment;
        if (current != null && next >= current.from() && next < current.until()) {
            return true;
        }
        TailSegment follower = current == null ? null : current.next();
        boolean follows = follower != null && next >= follower.from() && next < follower.until();
        segment = follows ? follower : log.tail().find(next);
        return segment != null;
    }

    private void takeTail(List<LogRecord> records, int most) {
        do {
            TailSegment current = segment;
            if (current == null) {
                return;
            }
            long until = Math.min(current.until(), next + most - records.size());
            for (long offset = next; offset < until; offset++) {
                records.add(current.record(offset));
            }
            next = until;
        } while (records.size() < most && next < log.end() && inTail());
    }

    private @Nullable Beat newBeat() {
        Beat newest = log.beat();
        if (newest == seen) {
            return null;
        }
        seen = newest;
        return newest;
    }

    private LogBounds bounds(List<LogRecord> records) {
        LogBounds now = log.bounds();
        if (records.isEmpty() || records.get(0).offset() >= now.start()) {
            return now;
        }
        return new LogBounds(records.get(0).offset(), now.compactedBelow(), now.end());
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public void seek(long offset) {
        next = Math.max(0, offset);
        segment = null;
        stored.clear();
    }

    @Override
    public void close() {
        closed = true;
        log.leave(waiting);
        opening.leave(this);
        waiting.wake();
    }
}
