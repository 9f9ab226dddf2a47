package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import java.util.List;

/** A log under measurement: appended in batches, by one thread unless it says otherwise. */
interface Appender extends AutoCloseable {
    /** Appends the batch; returns when it is as durable as this appender was made for. */
    void append(List<LogEntry> batch) throws Exception;

    /** Waits for what has been appended and not been waited for. */
    default void settle() {}

    /** Reads everything from the start, compares it with what was written, and returns how many records there were. */
    long replay(Records.Look look) throws Exception;

    /** Reads while it is written, until so many records have been seen; on another thread than the one that appends. */
    default void follow(long wanted) throws Exception {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " is not measured with a reader");
    }

    @Override
    void close() throws Exception;
}
