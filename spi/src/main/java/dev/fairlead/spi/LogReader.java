package dev.fairlead.spi;

import java.time.Duration;

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

    /** The offset that the next poll begins with: after the last record, or further on where no record stands. */
    long next();

    /** Goes to another offset; the next poll begins there. Only the polling thread may call it. */
    void seek(long offset);

    @Override
    void close();
}
