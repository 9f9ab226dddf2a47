package dev.fairlead.spi;

import java.time.Duration;
import java.util.List;

/** A reader of one partition. One thread polls at a time; any thread may close. */
public interface LogReader extends AutoCloseable {
    /**
     * The next records, as soon as there are any or a beat has come, or nothing after {@code wait}. A batch with a hole alone may come
     * at once.
     *
     * <p>Only committed records are seen. A record that cannot be read as it was written fails with STORAGE_DAMAGED, and the next
     * poll tries it again. A close from another thread, or an interrupt, ends the wait with CLOSED (the interrupt flag stays set).
     */
    LogBatch poll(int maxRecords, Duration wait);

    /**
     * The next records of those that stand before {@code end}: neither a beat nor a hole that comes without records ends the wait. Later
     * records may come with them.
     *
     * <p>Nothing when none stands there any more, and {@link #next} is {@code end} or more; or when none has come after {@code wait}. Fails
     * as {@link #poll} does.
     */
    default List<LogRecord> pollStored(long end, int maxRecords, Duration wait) {
        long begin = System.nanoTime();
        List<LogRecord> records = List.of();
        Duration left = wait;
        while (records.isEmpty() && next() < end && !left.isNegative()) {
            records = poll(maxRecords, left).records();
            left = wait.minusNanos(System.nanoTime() - begin);
        }
        return records;
    }

    /** The offset that the next poll begins with: after the last record, or further on where no record stands. */
    long next();

    /** Goes to another offset; the next poll begins there. Only the polling thread may call it. */
    void seek(long offset);

    @Override
    void close();
}
