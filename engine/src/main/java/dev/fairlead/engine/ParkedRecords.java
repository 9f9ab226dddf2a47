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
 * <p>The records of a key are asked for in order, those of many keys at the same time, and they lie mixed. So a few readers stay open and go
 * on from where they are, since opening one is a matter of tens of milliseconds on some servers, and what they pass is kept for a while.
 */
final class ParkedRecords implements AutoCloseable {
    private static final int MOST_READERS = 4;
    private static final int PAGE = 64;
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    /** Further away than so many records, a new reader is there sooner. */
    private static final long NEAR = 4096;

    private final Log log;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();

    /** The one that was used last comes first. */
    private final Deque<LogReader> readers = new ArrayDeque<>();

    private final RecentRecords passed = new RecentRecords(MOST_BYTES);
    private boolean closed;

    ParkedRecords(Log log, String name) {
        this.log = log;
        this.name = name;
    }

    /** The record at the offset; empty when none stands there. */
    Optional<LogRecord> at(long offset) {
        lock.lock();
        try {
            Optional<LogRecord> known = passed.at(offset);
            if (known.isPresent()) {
                return known;
            }
            Optional<LogRecord> found = nearest(offset).flatMap(reader -> readOnOrEnd(reader, offset));
            return found.isPresent() ? found : readOn(opened(offset), offset);
        } finally {
            if (closed) {
                drop();
            }
            lock.unlock();
        }
    }

    /** A reader that nobody used for long may have ended on its server; the next one tells whether anything is wrong. */
    private Optional<LogRecord> readOnOrEnd(LogReader reader, long offset) {
        try {
            return readOn(reader, offset);
        } catch (FairleadException ended) {
            return Optional.empty();
        }
    }

    private Optional<LogReader> nearest(long offset) {
        Optional<LogReader> nearest = readers.stream()
                .filter(reader -> reader.next() <= offset && offset - reader.next() < NEAR)
                .max(Comparator.comparingLong(LogReader::next));
        nearest.ifPresent(reader -> {
            readers.remove(reader);
            readers.addFirst(reader);
        });
        return nearest;
    }

    private LogReader opened(long offset) {
        LogReader opened = log.read(name, 0, offset);
        readers.addFirst(opened);
        if (readers.size() > MOST_READERS) {
            readers.removeLast().close();
        }
        return opened;
    }

    private Optional<LogRecord> readOn(LogReader reader, long offset) {
        try {
            Optional<LogRecord> found = Optional.empty();
            while (found.isEmpty() && reader.next() <= offset) {
                List<LogRecord> page = StoredLog.page(reader, name, PAGE, offset + 1);
                page.forEach(passed::add);
                found = page.stream()
                        .filter(record -> record.offset() == offset)
                        .findFirst();
            }
            return found;
        } catch (RuntimeException | Error e) {
            readers.remove(reader);
            reader.close();
            throw e;
        }
    }

    /** The record is not asked for again. */
    void forget(long offset) {
        lock.lock();
        try {
            passed.forget(offset);
        } finally {
            lock.unlock();
        }
    }

    /** Drops what was read. */
    void forgetAll() {
        lock.lock();
        try {
            drop();
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        passed.forgetAll();
        readers.forEach(LogReader::close);
        readers.clear();
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
