package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The records that every subject writes: 200 bytes each, of random content, so that nothing can be compressed away. */
final class Records {
    static final int SIZE = 200;
    private static final int KEY = 8;
    private static final int HEADER = 33;
    private static final int DIFFERENT = 4096;

    private final List<LogEntry> entries = new ArrayList<>(DIFFERENT);

    Records(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < DIFFERENT; i++) {
            byte[] key = ByteBuffer.allocate(KEY).putLong(random.nextLong()).array();
            byte[] header = new byte[HEADER];
            byte[] payload = new byte[SIZE - KEY - HEADER];
            random.nextBytes(header);
            random.nextBytes(payload);
            entries.add(new LogEntry(key, header, payload));
        }
    }

    LogEntry at(long number) {
        return entries.get((int) (number % DIFFERENT));
    }

    List<LogEntry> batch(long from, int size) {
        int start = (int) (from % DIFFERENT);
        if (start + size <= DIFFERENT) {
            return entries.subList(start, start + size);
        }
        List<LogEntry> batch = new ArrayList<>(entries.subList(start, DIFFERENT));
        batch.addAll(entries.subList(0, size - batch.size()));
        return batch;
    }

    /** The same bytes as one array. */
    static byte[] bytes(LogEntry entry) {
        return ByteBuffer.allocate(entry.size())
                .put(entry.key())
                .put(entry.header())
                .put(entry.payload())
                .array();
    }

    /** Fails when a record is not the one that was written as the given number. */
    void verify(LogRecord record, long number) {
        LogEntry expected = at(number);
        if (record.offset() != number
                || record.payload().length != expected.payload().length
                || record.payload()[0] != expected.payload()[0]
                || record.key()[0] != expected.key()[0]) {
            throw new IllegalStateException("record " + number + " came back as " + record.offset() + ", or changed");
        }
    }
}
