package dev.fairlead.node.carrier;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.wire.LogMessages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One reader of a log. Of two polls at once the later counts: its caller has given the earlier one up. Safe for many threads. */
final class Reading implements AutoCloseable {
    private static final long MOST_BYTES = 4L << 20;
    private static final int OVERHEAD = 32;
    private static final long LOOK_AGAIN = 20;

    private final Supplier<LogReader> opener;
    private final ReentrantLock polling = new ReentrantLock();
    private volatile LogReader reader;
    private boolean closed;

    Reading(Supplier<LogReader> opener) {
        this.opener = opener;
        this.reader = opener.get();
    }

    /** The next records from the offset, at most about 4 MiB of them. */
    LogMessages.Polled poll(long from, int most, Duration wait) {
        while (!acquired()) {
            renew();
        }
        try {
            LogReader current = reader;
            if (current.next() != from) {
                current.seek(from);
            }
            return limited(current, current.poll(most, wait));
        } finally {
            polling.unlock();
        }
    }

    private boolean acquired() {
        try {
            return polling.tryLock() || polling.tryLock(LOOK_AGAIN, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FairleadException(ErrorCode.CLOSED, "the node is stopping", e);
        }
    }

    /** Ends the poll that is under way. */
    private synchronized void renew() {
        if (polling.isLocked() && !closed) {
            LogReader old = reader;
            reader = opener.get();
            old.close();
        }
    }

    private static LogMessages.Polled limited(LogReader reader, LogBatch batch) {
        List<LogRecord> records = batch.records();
        long bytes = 0;
        int taken = 0;
        while (taken < records.size() && bytes < MOST_BYTES) {
            LogRecord record = records.get(taken++);
            bytes += OVERHEAD + record.key().length + record.header().length + record.payload().length;
        }
        if (taken == records.size()) {
            return new LogMessages.Polled(batch, reader.next());
        }
        long next = records.get(taken).emptyFrom();
        reader.seek(next);
        return new LogMessages.Polled(
                new LogBatch(List.copyOf(records.subList(0, taken)), batch.bounds(), batch.beat()), next);
    }

    @Override
    public synchronized void close() {
        closed = true;
        reader.close();
    }
}
