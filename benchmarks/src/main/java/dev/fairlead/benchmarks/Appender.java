package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import java.util.List;

/** A log under measurement: appended in batches, by one thread unless it says otherwise. */
interface Appender extends AutoCloseable {
    /** Appends the batch; returns when it is as durable as this appender was made for. */
    void append(List<LogEntry> batch) throws Exception;

    /** Reads everything from the start and returns how many records there were. */
    long replay() throws Exception;

    @Override
    void close() throws Exception;
}
