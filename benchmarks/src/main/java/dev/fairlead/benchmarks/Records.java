package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The records that every subject writes: 200 bytes each, of random content, so that nothing can be compressed away. */
final class Records {
    static final int SIZE = 200;
    private static final int KEY = 8;
    private static final int HEADER = 33;
    private static final int DIFFERENT = 4096;

    /** How much of each record a reader compares with what was written. */
    enum Look {
        /** All of it. */
        EVERY_BYTE,
        /** The two ends, which cost next to nothing: used while the clock runs. */
        BOTH_ENDS,
        /** Its size only: what many threads write has no foreseeable order. */
        SIZE
    }

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

    /** Fails unless the bytes are those of the record of that number. */
    void verify(long number, byte[] record, Look look) {
        LogEntry expected = at(number);
        byte[] payload = expected.payload();
        boolean same = record.length == SIZE
                && switch (look) {
                    case SIZE -> true;
                    case BOTH_ENDS -> record[0] == expected.key()[0] && record[SIZE - 1] == payload[payload.length - 1];
                    case EVERY_BYTE -> Arrays.equals(record, bytes(expected));
                };
        if (!same) {
            throw changed(number);
        }
    }

    /** Fails unless the three parts are those of the record of that number. */
    void verify(long number, LogRecord record, Look look) {
        LogEntry expected = at(number);
        byte[] payload = expected.payload();
        boolean same = record.payload().length == payload.length
                && switch (look) {
                    case SIZE -> true;
                    case BOTH_ENDS ->
                        record.key()[0] == expected.key()[0]
                                && record.payload()[payload.length - 1] == payload[payload.length - 1];
                    case EVERY_BYTE ->
                        Arrays.equals(record.key(), expected.key())
                                && Arrays.equals(record.header(), expected.header())
                                && Arrays.equals(record.payload(), payload);
                };
        if (!same) {
            throw changed(number);
        }
    }

    private static IllegalStateException changed(long number) {
        return new IllegalStateException("record " + number + " did not come back as it was written");
    }
}
