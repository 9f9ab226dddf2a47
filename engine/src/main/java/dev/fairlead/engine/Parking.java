package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The parked records of one group, kept in a log of their own: each is appended with its error, and what becomes of it is noted
 * behind it. Every change is durable before it is believed; a restart reads the log and knows the same.
 *
 * <p>Memory holds one small entry for each parked record, never the record. Opening claims the log, so that an older follower of the
 * same group can park nothing any more. Safe for many threads; changes wait for the disk one after the other.
 */
final class Parking implements AutoCloseable {
    private static final int PAGE = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Log log;
    private final TimeSource time;
    private final LogWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final ParkedKeys keys;
    private boolean failed;

    /** @param position of the group: records below it do not come again */
    Parking(String name, Log log, String service, TimeSource time, long position) {
        this.name = name;
        this.log = log;
        this.time = time;
        this.writer = log.claim(name, service);
        try {
            this.keys = read();
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
        keys.forgetBelow(position);
    }

    private ParkedKeys read() {
        ParkedKeys found = new ParkedKeys();
        long end = log.bounds(name, 0).end();
        try (LogReader reader = log.read(name, 0, 0)) {
            while (reader.next() < end) {
                List<LogRecord> page = reader.poll(PAGE, PATIENCE).records();
                if (page.isEmpty() && reader.next() < end) {
                    throw new FairleadException(
                            ErrorCode.UNREACHABLE, "the parking log " + name + " gave nothing from " + reader.next());
                }
                for (LogRecord written : page) {
                    ParkingNote note = ParkingFormat.unpack(written.header(), written.key(), written.payload());
                    found.replay(ParkedKeys.name(written.key()), written.offset(), note);
                }
            }
        }
        return found;
    }

    /** Whether the record was parked by an earlier run, which ended before it could note its position. */
    boolean wasParked(long origin) {
        return keys.wasParked(origin);
    }

    long total() {
        lock.lock();
        try {
            return keys.total();
        } finally {
            lock.unlock();
        }
    }

    /** Sets the record aside; durable when it returns. */
    void park(LogRecord record, int attempts, String error) {
        lock.lock();
        try {
            keep(record, attempts, error);
        } finally {
            lock.unlock();
        }
    }

    /** Queues the record behind those of its key, or returns false when its key is not parked. */
    boolean parkBehind(LogRecord record) {
        lock.lock();
        try {
            TreeMap<Long, Kept> events = keys.of(ParkedKeys.name(record.key()));
            if (events == null) {
                return false;
            }
            if (!events.containsKey(record.offset())) {
                keep(record, 0, "");
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void keep(LogRecord record, int attempts, String error) {
        ParkingNote note =
                new ParkingNote(ParkingNote.Kind.PARKED, record.offset(), attempts, time.now(), error, record.header());
        long place = append(note, record.key(), record.payload());
        keys.put(ParkedKeys.name(record.key()), new Kept(place, record.offset(), attempts, error, note.time()));
    }

    /** The first parked record of the key; waits for the disk only when the key is parked. */
    Optional<Kept> first(String key) {
        if (!keys.holds(key)) {
            return Optional.empty();
        }
        lock.lock();
        try {
            TreeMap<Long, Kept> events = keys.of(key);
            return events == null
                    ? Optional.empty()
                    : Optional.of(events.firstEntry().getValue());
        } finally {
            lock.unlock();
        }
    }

    /** What is parked, by key, up to so many entries of each. */
    Map<String, List<Kept>> list(int most) {
        lock.lock();
        try {
            Map<String, List<Kept>> copy = new LinkedHashMap<>();
            keys.all()
                    .forEach((key, events) ->
                            copy.put(key, events.values().stream().limit(most).toList()));
            return copy;
        } finally {
            lock.unlock();
        }
    }

    int count(String key) {
        lock.lock();
        try {
            TreeMap<Long, Kept> events = keys.of(key);
            return events == null ? 0 : events.size();
        } finally {
            lock.unlock();
        }
    }

    Optional<Kept> find(String key, long origin) {
        lock.lock();
        try {
            TreeMap<Long, Kept> events = keys.of(key);
            return events == null ? Optional.empty() : Optional.ofNullable(events.get(origin));
        } finally {
            lock.unlock();
        }
    }

    /** The record as it stood in the item's log. */
    LogRecord record(Kept kept) {
        try (LogReader reader = log.read(name, 0, kept.place())) {
            List<LogRecord> found = reader.poll(1, PATIENCE).records();
            if (found.isEmpty() || found.getFirst().offset() != kept.place()) {
                throw new FairleadException(
                        ErrorCode.STORAGE_DAMAGED, "the parking log " + name + " has nothing at " + kept.place());
            }
            LogRecord written = found.getFirst();
            ParkingNote note = ParkingFormat.unpack(written.header(), written.key(), written.payload());
            return new LogRecord(kept.origin(), written.key(), note.header(), written.payload());
        }
    }

    void handled(String key, Kept kept) {
        settle(ParkingNote.Kind.HANDLED, key, kept, "");
    }

    void dismissed(String key, Kept kept, String reason) {
        settle(ParkingNote.Kind.DISMISSED, key, kept, reason);
    }

    private void settle(ParkingNote.Kind kind, String key, Kept kept, String text) {
        lock.lock();
        try {
            append(
                    new ParkingNote(kind, kept.origin(), kept.attempts(), time.now(), text, ParkingNote.NO_HEADER),
                    ParkedKeys.key(key),
                    ParkingNote.NO_HEADER);
            keys.remove(key, kept.origin());
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the first parked record of the key could not be handled again. */
    void failedAgain(String key, Kept kept, int attempts, String error) {
        lock.lock();
        try {
            ParkingNote note = new ParkingNote(
                    ParkingNote.Kind.FAILED_AGAIN, kept.origin(), attempts, time.now(), error, ParkingNote.NO_HEADER);
            append(note, ParkedKeys.key(key), ParkingNote.NO_HEADER);
            keys.put(key, new Kept(kept.place(), kept.origin(), attempts, error, note.time()));
        } finally {
            lock.unlock();
        }
    }

    private long append(ParkingNote note, byte[] key, byte[] payload) {
        try {
            if (failed) {
                writer.resume();
                failed = false;
            }
            LogEntry entry = new LogEntry(key, ParkingFormat.pack(note, key, payload), payload);
            return writer.append(0, List.of(entry)).join().first().offset();
        } catch (CompletionException e) {
            failed = true;
            throw e.getCause() instanceof FairleadException known ? known : e;
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
