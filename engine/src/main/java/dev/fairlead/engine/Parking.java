package dev.fairlead.engine;

import static dev.fairlead.engine.ParkingNote.NOTHING;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.TimeSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The parked records of one group, kept in slots of a log of their own: each is written with its error, and what becomes of it takes
 * its place. Every change is durable before it is believed; a restart reads the slots and knows the same.
 *
 * <p>Memory holds one small entry for each parked record, never the record. Opening claims the log, so that an older follower of the
 * same group can park nothing any more. Safe for many threads; changes wait for the disk one after the other.
 */
final class Parking implements AutoCloseable {
    /** How many records a group may have parked. Then it stops, and loses nothing. */
    static final int MOST = 10_000;

    private final ParkingLog log;
    private final TimeSource time;
    private final LogWriter writer;
    private final ParkedRecords records;
    private final ReentrantLock lock = new ReentrantLock();
    private final ParkedKeys keys;
    private volatile boolean full;
    private volatile @Nullable ErrorCode hindrance;
    private boolean failed;

    /** @param position of the group: records below it do not come again */
    Parking(ParkingLog log, String service, TimeSource time, long position) {
        this.log = log;
        this.time = time;
        this.writer = log.log().claim(log.name(), service);
        this.records = log.records();
        try {
            this.keys = log.read();
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
        keys.forgetBelow(position);
        full = keys.total() >= MOST;
    }

    /** The group has noted its position durably. */
    void noted(long position) {
        lock.lock();
        try {
            keys.forgetBelow(position);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the record was parked by an earlier run, which ended before it could note its position. */
    boolean wasParked(long origin) {
        return keys.wasParked(origin);
    }

    /** Whether as much is parked as may be. */
    boolean full() {
        return full;
    }

    /** Why the last change was not written, if it was not. */
    Optional<ErrorCode> hindrance() {
        return Optional.ofNullable(hindrance);
    }

    /** Tells those who stand by that the group is followed here; fails with FENCED when another follower has claimed the log. */
    void sayAlive() {
        lock.lock();
        try {
            writer.resume();
            failed = false;
        } finally {
            lock.unlock();
        }
        if (log.tellsOfLife()) {
            writer.beat(time.now());
        }
    }

    /** Whether someone takes the group over when its follower falls silent. */
    boolean tellsOfLife() {
        return log.tellsOfLife();
    }

    long total() {
        lock.lock();
        try {
            return keys.total();
        } finally {
            lock.unlock();
        }
    }

    /** How many slots cannot be read. */
    int damaged() {
        return keys.damaged().size();
    }

    /** Sets the record aside, durably when it returns; or returns false when as much is parked as may be. */
    boolean park(LogRecord record, int attempts, String error) {
        lock.lock();
        try {
            return keep(record, attempts, error);
        } finally {
            lock.unlock();
        }
    }

    /** What became of a record that may have to queue behind others of its key. */
    enum Behind {
        QUEUED,
        /** Its key is not parked. */
        ALONE,
        /** As much is parked as may be. */
        NO_ROOM
    }

    /** Queues the record behind those of its key. */
    Behind parkBehind(LogRecord record) {
        lock.lock();
        try {
            TreeMap<Long, Kept> events = keys.of(ParkedKeys.name(record.key()));
            if (events == null) {
                return Behind.ALONE;
            }
            return events.containsKey(record.offset()) || keep(record, 0, "") ? Behind.QUEUED : Behind.NO_ROOM;
        } finally {
            lock.unlock();
        }
    }

    private boolean keep(LogRecord record, int attempts, String error) {
        if (full) {
            return false;
        }
        ParkingNote note = new ParkingNote(
                ParkingNote.Kind.PARKED, record.offset(), attempts, time.now(), error, record.key(), record.header());
        int slot = writable();
        long place = appendNew(slot, note, record.payload());
        keys.put(ParkedKeys.name(record.key()), new Kept(slot, place, record.offset(), attempts, error, note.time()));
        full = keys.total() >= MOST;
        return true;
    }

    /** A slot that can be written: those of which nobody knows what they hold are cleared before. */
    private int writable() {
        for (Integer slot = keys.slots().doubtful().peek();
                slot != null;
                slot = keys.slots().doubtful().peek()) {
            append(slot, free(), NOTHING);
            keys.slots().doubtful().remove();
            keys.slots().free(slot, -1);
        }
        return keys.slots().take();
    }

    private ParkingNote free() {
        return new ParkingNote(ParkingNote.Kind.FREE, -1, 0, time.now(), "", NOTHING, NOTHING);
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
        return log.record(kept, records);
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
            byte[] bytes = ParkedKeys.key(key);
            append(
                    kept.slot(),
                    new ParkingNote(kind, kept.origin(), kept.attempts(), time.now(), text, bytes, NOTHING),
                    NOTHING);
            keys.remove(key, kept.origin());
            keys.slots().free(kept.slot(), kept.origin());
            full = keys.total() >= MOST;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the first parked record of the key could not be handled again. */
    void failedAgain(String key, Kept kept, int attempts, String error) {
        LogRecord record = record(kept);
        lock.lock();
        try {
            ParkingNote note = new ParkingNote(
                    ParkingNote.Kind.PARKED, kept.origin(), attempts, time.now(), error, record.key(), record.header());
            long place = append(kept.slot(), note, record.payload());
            keys.put(key, new Kept(kept.slot(), place, kept.origin(), attempts, error, note.time()));
        } finally {
            lock.unlock();
        }
    }

    /** Notes durably that the key's records are to be sent again; a restart goes on with it. */
    void redrive(String key) {
        lock.lock();
        try {
            if (!keys.redrives().containsKey(key) && keys.of(key) != null) {
                int slot = writable();
                ParkingNote note =
                        new ParkingNote(ParkingNote.Kind.REDRIVE, -1, 0, time.now(), "", ParkedKeys.key(key), NOTHING);
                appendNew(slot, note, NOTHING);
                keys.redrives().put(key, slot);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The keys that were being sent again when the group was closed. */
    Set<String> redrives() {
        return Set.copyOf(keys.redrives().keySet());
    }

    /** The keys whose first parked record is such a one. */
    Set<String> withFirst(Predicate<LogRecord> such) {
        lock.lock();
        try {
            Set<String> found = new TreeSet<>();
            keys.all().forEach((key, parked) -> {
                if (such.test(record(parked.firstEntry().getValue()))) {
                    found.add(key);
                }
            });
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Sending the key's records again has come to its end, for better or worse. */
    void redriven(String key) {
        if (!keys.redrives().containsKey(key)) {
            return;
        }
        lock.lock();
        try {
            Integer slot = keys.redrives().get(key);
            if (slot != null) {
                append(slot, free(), NOTHING);
                keys.redrives().remove(key);
                keys.slots().free(slot, -1);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes everything that was ever parked of the key out of the log: what is parked is dismissed, then the slots that ever held
     * something of it are erased up to what they hold now.
     */
    void erase(String key) {
        lock.lock();
        try {
            TreeMap<Long, Kept> events = keys.of(key);
            if (events != null) {
                for (Kept kept : List.copyOf(events.values())) {
                    settle(ParkingNote.Kind.DISMISSED, key, kept, "erased");
                }
            }
            resume();
            Map<Integer, Long> newest = new HashMap<>();
            Set<Integer> touched = new TreeSet<>();
            byte[] bytes = ParkedKeys.key(key);
            log.each(written -> {
                int slot = ParkingSlots.slot(written.key());
                newest.put(slot, written.offset());
                if (ParkingFormat.isOf(bytes, written)) {
                    touched.add(slot);
                }
            });
            touched.forEach(slot -> writer.erase(0, ParkingSlots.key(slot), newest.getOrDefault(slot, 0L)));
            records.forget();
        } finally {
            lock.unlock();
        }
    }

    private void resume() {
        if (failed) {
            writer.resume();
            failed = false;
        }
    }

    private long appendNew(int slot, ParkingNote note, byte[] payload) {
        try {
            return append(slot, note, payload);
        } catch (RuntimeException e) {
            keys.slots().doubt(slot);
            throw e;
        }
    }

    private long append(int slot, ParkingNote note, byte[] payload) {
        try {
            resume();
            LogEntry entry = new LogEntry(ParkingSlots.key(slot), ParkingFormat.pack(note, payload), payload);
            long offset = writer.append(0, List.of(entry)).join().first().offset();
            hindrance = null;
            return offset;
        } catch (CompletionException e) {
            failed = true;
            if (e.getCause() instanceof FairleadException known) {
                hindrance = known.code();
                throw known;
            }
            hindrance = ErrorCode.INTERNAL;
            throw e;
        }
    }

    @Override
    public void close() {
        try (records) {
            writer.close();
        }
    }
}
