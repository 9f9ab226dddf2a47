package dev.fairlead.engine;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds records of a parking log by their places. Safe for many threads, which wait for one another.
 *
 * <p>The records of a key are asked for in order, and lie close together as a rule. So a few readers stay open and go on from where they
 * are, since opening one is a matter of tens of milliseconds on some servers. What they have read is forgotten with {@link #forget}.
 */
final class ParkedRecords implements AutoCloseable {
    private static final int MOST_READERS = 4;
    private static final int PAGE = 16;

    /** Further away than so many records, a new reader is there sooner. */
    private static final long NEAR = 4096;

    private final Log log;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();

    /** The one that was used last comes first. */
    private final Deque<Place> places = new ArrayDeque<>();

    private boolean closed;

    /** A reader, and what it has read last. */
    private static final class Place {
        private final LogReader reader;
        private List<LogRecord> page = List.of();

        Place(LogReader reader) {
            this.reader = reader;
        }

        Optional<LogRecord> read(long offset) {
            return page.stream().filter(record -> record.offset() == offset).findFirst();
        }

        boolean isBefore(long offset) {
            return reader.next() <= offset && offset - reader.next() < NEAR;
        }
    }

    ParkedRecords(Log log, String name) {
        this.log = log;
        this.name = name;
    }

    /** The record at the offset; empty when none stands there. */
    Optional<LogRecord> at(long offset) {
        lock.lock();
        try {
            for (Place place : places) {
                Optional<LogRecord> read = place.read(offset);
                if (read.isPresent()) {
                    return read;
                }
            }
            Optional<LogRecord> found = nearest(offset).flatMap(place -> readOnOrEnd(place, offset));
            return found.isPresent() ? found : readOn(opened(offset), offset);
        } finally {
            if (closed) {
                drop();
            }
            lock.unlock();
        }
    }

    /** A reader that nobody used for long may have ended on its server; the next one tells whether anything is wrong. */
    private Optional<LogRecord> readOnOrEnd(Place place, long offset) {
        try {
            return readOn(place, offset);
        } catch (FairleadException ended) {
            return Optional.empty();
        }
    }

    private Optional<Place> nearest(long offset) {
        Optional<Place> nearest = places.stream()
                .filter(place -> place.isBefore(offset))
                .max(Comparator.comparingLong(place -> place.reader.next()));
        nearest.ifPresent(place -> {
            places.remove(place);
            places.addFirst(place);
        });
        return nearest;
    }

    private Place opened(long offset) {
        Place opened = new Place(log.read(name, 0, offset));
        places.addFirst(opened);
        if (places.size() > MOST_READERS) {
            places.removeLast().reader.close();
        }
        return opened;
    }

    private Optional<LogRecord> readOn(Place place, long offset) {
        try {
            Optional<LogRecord> found = Optional.empty();
            while (found.isEmpty() && place.reader.next() <= offset) {
                place.page = StoredLog.page(place.reader, name, PAGE, offset + 1);
                found = place.read(offset);
            }
            return found;
        } catch (RuntimeException | Error e) {
            places.remove(place);
            place.reader.close();
            throw e;
        }
    }

    /** Drops what was read. */
    void forget() {
        lock.lock();
        try {
            drop();
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        places.forEach(place -> place.reader.close());
        places.clear();
    }

    /** Whoever still finds a record afterwards leaves no reader open. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            drop();
        } finally {
            lock.unlock();
        }
    }
}
