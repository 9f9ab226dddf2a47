package dev.fairlead.engine;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Page;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Reads pages of an event log. One call looks at a limited number of records, and ends its page early when they are large. */
final class EventPages<K, E> {
    private static final int LARGEST = 10_000;
    private static final int LOOKS = 20_000;
    private static final long BYTES = 16L << 20;
    private static final int CHUNK = 256;

    private final String item;
    private final Log log;
    private final EventInlet<K, E> inlet;

    EventPages(String item, Log log, EventInlet<K, E> inlet) {
        this.item = item;
        this.log = log;
        this.inlet = inlet;
    }

    /** A page that is being gathered. */
    private final class Gathering {
        private final int max;
        private final List<EventRecord<K, E>> records = new ArrayList<>();
        private long passedOver;
        private long bytes;
        private int looks;

        Gathering(int max) {
            this.max = max;
        }

        boolean full() {
            return records.size() >= max || looks >= LOOKS || bytes >= BYTES;
        }

        void look(LogRecord written, Predicate<LogRecord> wanted) {
            looks++;
            if (!wanted.test(written)) {
                return;
            }
            bytes += written.payload().length;
            switch (inlet.look(written)) {
                case Arrival.Known<K, E>(EventRecord<K, E> happened, var origin) -> records.add(happened);
                case Arrival.Unused<K, E> unused -> {}
                case Arrival.Unknown<K, E> unknown -> passedOver++;
                case Arrival.Damaged<K, E> damaged -> passedOver++;
            }
        }

        Page<K, E> page(long next) {
            return new Page<>(records, CursorText.at(item, next), passedOver);
        }
    }

    Cursor oldest() {
        return CursorText.at(item, log.bounds(item, 0).start());
    }

    Cursor newest() {
        return CursorText.at(item, log.bounds(item, 0).end());
    }

    Page<K, E> forward(Cursor cursor, int max) {
        return forward(cursor, max, written -> true);
    }

    Page<K, E> history(byte[] key, Cursor cursor, int max) {
        return forward(cursor, max, written -> Arrays.equals(written.key(), key));
    }

    private Page<K, E> forward(Cursor cursor, int max, Predicate<LogRecord> wanted) {
        Gathering page = new Gathering(checked(max));
        LogBounds bounds = log.bounds(item, 0);
        long given = CursorText.offset(cursor, item, bounds.end());
        long next = given;
        try (LogReader reader = log.read(item, 0, Math.max(given, bounds.start()))) {
            while (next < bounds.end() && !page.full()) {
                for (LogRecord written : StoredLog.page(reader, item, CHUNK, bounds.end())) {
                    if (page.full()) {
                        break;
                    }
                    page.look(written, wanted);
                    next = written.offset() + 1;
                }
                next = page.full() ? next : Math.max(next, reader.next());
            }
        }
        return page.page(next);
    }

    Page<K, E> back(Cursor cursor, int max) {
        Gathering page = new Gathering(checked(max));
        LogBounds bounds = log.bounds(item, 0);
        long next = CursorText.offset(cursor, item, bounds.end());
        while (next > bounds.start() && !page.full()) {
            long from = Math.max(bounds.start(), next - CHUNK);
            List<LogRecord> chunk = between(from, next);
            if (chunk.isEmpty()) {
                next = from;
            }
            for (LogRecord written : chunk.reversed()) {
                if (page.full()) {
                    break;
                }
                page.look(written, any -> true);
                next = written.offset();
            }
        }
        return page.page(next);
    }

    /** The records from one offset to before another; retention may have taken the first of them, or all. */
    private List<LogRecord> between(long from, long to) {
        List<LogRecord> chunk = new ArrayList<>();
        StoredLog.each(log, item, from, to, chunk::add);
        return chunk;
    }

    /** Times never go back along the log, so that the place is found by halving. */
    Cursor since(Instant time) {
        LogBounds bounds = log.bounds(item, 0);
        long low = bounds.start();
        long high = bounds.end();
        try (LogReader reader = log.read(item, 0, low)) {
            while (low < high) {
                long middle = low + (high - low) / 2;
                if (before(reader, middle, high, time)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
        }
        return CursorText.at(item, low);
    }

    /** Whether the first readable record from the offset on is older than the time; false when there is none. */
    private boolean before(LogReader reader, long offset, long end, Instant time) {
        reader.seek(offset);
        while (reader.next() < end) {
            for (LogRecord written : StoredLog.page(reader, item, 1, end)) {
                try {
                    return inlet.envelope(written).time().isBefore(time);
                } catch (FairleadException damaged) {
                    continue;
                }
            }
        }
        return false;
    }

    private static int checked(int max) {
        if (max < 1 || max > LARGEST) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, "a page has 1 to " + LARGEST + " events, not " + max + " (ask for fewer)");
        }
        return max;
    }
}
