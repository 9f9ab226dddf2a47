package dev.fairlead.engine;

import dev.fairlead.spi.LogRecord;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The records of a log that were read or asked for last, as many as have room. For one thread at a time. */
final class RecentRecords {
    private final long mostBytes;

    /** The one that was asked for least recently comes first. */
    private final Map<Long, LogRecord> records = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    RecentRecords(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    Optional<LogRecord> at(long offset) {
        return Optional.ofNullable(records.get(offset));
    }

    void add(LogRecord record) {
        forget(record.offset());
        records.put(record.offset(), record);
        bytes += bytes(record);
        Iterator<LogRecord> oldest = records.values().iterator();
        while (bytes > mostBytes) {
            bytes -= bytes(oldest.next());
            oldest.remove();
        }
    }

    void forget(long offset) {
        LogRecord forgotten = records.remove(offset);
        bytes -= forgotten == null ? 0 : bytes(forgotten);
    }

    void forgetAll() {
        records.clear();
        bytes = 0;
    }

    private static long bytes(LogRecord record) {
        return record.key().length + record.header().length + record.payload().length;
    }
}
