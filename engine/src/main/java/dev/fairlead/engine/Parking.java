package dev.fairlead.engine;

import static dev.fairlead.engine.ParkingNote.NOTHING;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.TimeSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parked records of one group, kept in slots of a log of their own: each is written with its error, and what becomes of it takes
 * its place. Every change is durable before it is believed; a restart reads the slots and knows the same.
 *
 * <p>Memory holds one small entry for each parked record, and a few of the records that were asked for last. Opening claims the log, so
 * that an older follower of the same group can park nothing any more. Safe for many threads, of which one at a time changes a key, but
 * for {@link #redrive}; changes of several keys wait for the disk together.
 */
final class Parking implements AutoCloseable {
    /** How many records a group may have parked. Then it stops, and loses nothing. */
    static final int MOST = 10_000;

    private final ParkingLog log;
    private final TimeSource time;
    private final SlotWriter writer;
    private final ParkedRecords records;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock marks = new ReentrantLock();
    private final ParkedKeys keys;
    private volatile boolean full;
    private int coming;

    /** @param position of the group: records below it do not come again */
    Parking(ParkingLog log, String service, TimeSource time, long position) {
        this.log = log;
        this.time = time;
        this.writer = new SlotWriter(log.log().claim(log.name(), service));
        this.records = log.records();
        try {
            this.keys = log.read();
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
        keys.forgetBelow(position);
        count();
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    /** The group has noted its position durably. */
    void noted(long position) {
        locked(() -> keys.forgetBelow(position));
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
        return writer.hindrance();
    }

    /** Tells those who stand by that the group is followed here; fails with FENCED when another follower has claimed the log. */
    void sayAlive() {
        locked(writer::resume);
        if (log.tellsOfLife()) {
            writer.beat(time.now());
        }
    }

    /** Whether someone takes the group over when its follower falls silent. */
    boolean tellsOfLife() {
        return log.tellsOfLife();
    }

    long total() {
        return locked(keys::total);
    }

    /** How many slots cannot be read. */
    int damaged() {
        return keys.damaged().size();
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
        Optional<Boolean> known = locked(() -> Optional.ofNullable(keys.of(ParkedKeys.name(record.key())))
                .map(events -> events.containsKey(record.offset())));
        if (known.isEmpty()) {
            return Behind.ALONE;
        }
        return known.get() || park(record, 0, "") ? Behind.QUEUED : Behind.NO_ROOM;
    }

    /** Sets the record aside, durably when it returns; or returns false when as much is parked as may be. */
    boolean park(LogRecord record, int attempts, String error) {
        if (!locked(this::takeRoom)) {
            return false;
        }
        try {
            ParkingNote note = new ParkingNote(
                    ParkingNote.Kind.PARKED,
                    record.offset(),
                    attempts,
                    time.now(),
                    error,
                    record.key(),
                    record.header());
            Begun begun = locked(() -> begin(note, record.payload()));
            long place = await(begun);
            Kept kept = new Kept(begun.slot(), place, record.offset(), attempts, error, note.time());
            locked(() -> keys.put(ParkedKeys.name(record.key()), kept));
            return true;
        } finally {
            locked(() -> {
                coming--;
                count();
            });
        }
    }

    private boolean takeRoom() {
        if (full) {
            return false;
        }
        coming++;
        count();
        return true;
    }

    private void count() {
        full = keys.total() + coming >= MOST;
    }

    /** A note that is being written into a slot of its own. */
    private record Begun(int slot, CompletableFuture<Appended> writing) {}

    private Begun begin(ParkingNote note, byte[] payload) {
        int slot = writable();
        try {
            return new Begun(slot, writer.begin(new SlotWriter.Notes().with(slot, note, payload)));
        } catch (RuntimeException e) {
            keys.slots().doubt(slot);
            throw e;
        }
    }

    private long await(Begun begun) {
        try {
            return writer.await(begun.writing());
        } catch (RuntimeException e) {
            locked(() -> keys.slots().doubt(begun.slot()));
            throw e;
        }
    }

    /** A slot that can be written: those of which nobody knows what they hold are cleared before. */
    private int writable() {
        List<Integer> doubtful = keys.slots().doubtful();
        if (!doubtful.isEmpty()) {
            SlotWriter.Notes notes = new SlotWriter.Notes();
            doubtful.forEach(slot -> notes.with(slot, free(), NOTHING));
            writer.await(writer.begin(notes));
            keys.slots().cleared();
        }
        return keys.slots().take();
    }

    private ParkingNote free() {
        return new ParkingNote(ParkingNote.Kind.FREE, -1, 0, time.now(), "", NOTHING, NOTHING);
    }

    /** The first parked record of the key. */
    Optional<Kept> first(String key) {
        return keys.holds(key)
                ? locked(() -> Optional.ofNullable(keys.of(key))
                        .map(events -> events.firstEntry().getValue()))
                : Optional.empty();
    }

    /** What is parked, by key, up to so many entries of each. */
    Map<String, List<Kept>> list(int most) {
        return locked(() -> {
            Map<String, List<Kept>> copy = new LinkedHashMap<>();
            keys.all()
                    .forEach((key, events) ->
                            copy.put(key, events.values().stream().limit(most).toList()));
            return copy;
        });
    }

    int count(String key) {
        return locked(() -> Optional.ofNullable(keys.of(key)).map(Map::size).orElse(0));
    }

    Optional<Kept> find(String key, long origin) {
        return locked(() -> Optional.ofNullable(keys.of(key)).map(events -> events.get(origin)));
    }

    /** The record as it stood in the item's log. */
    LogRecord record(Kept kept) {
        return log.record(kept, records);
    }

    /** The record has taken effect. After the last one of its key nothing is to be sent again any more. */
    void handled(String key, Kept kept) {
        settle(ParkingNote.Kind.HANDLED, key, List.of(kept), "");
    }

    /** The record is dropped for good; else as {@link #handled}. */
    void dismissed(String key, Kept kept, String reason) {
        settle(ParkingNote.Kind.DISMISSED, key, List.of(kept), reason);
    }

    private void settle(ParkingNote.Kind kind, String key, List<Kept> those, String text) {
        List<Change> begun = locked(() ->
                those.stream().map(kept -> settling(kind, key, kept, text)).toList());
        for (Change change : begun) {
            writer.await(change.writing());
            records.forget(change.kept().place());
            locked(() -> {
                if (keys.remove(key, change.kept().origin())) {
                    keys.slots().free(change.kept().slot(), change.kept().origin());
                }
                unmark(key, change.mark());
                count();
            });
        }
    }

    /**
     * What becomes of a parked record, while it is being written.
     *
     * @param mark the slot that says that its key is to be sent again, and is cleared with it
     */
    private record Change(Kept kept, @Nullable Integer mark, CompletableFuture<Appended> writing) {}

    private Change settling(ParkingNote.Kind kind, String key, Kept kept, String text) {
        ParkingNote note =
                new ParkingNote(kind, kept.origin(), kept.attempts(), time.now(), text, ParkedKeys.key(key), NOTHING);
        return change(key, kept, note, NOTHING, keys.isLast(key, kept.origin()) ? mark(key) : null);
    }

    private Change change(String key, Kept kept, ParkingNote note, byte[] payload, @Nullable Integer mark) {
        SlotWriter.Notes notes = new SlotWriter.Notes().with(kept.slot(), note, payload);
        if (mark != null) {
            notes.with(mark, free(), NOTHING);
        }
        return new Change(kept, mark, writer.begin(notes));
    }

    private @Nullable Integer mark(String key) {
        return keys.redrives().get(key);
    }

    /** Several may have cleared the same mark; the slot is free once. */
    private void unmark(String key, @Nullable Integer mark) {
        if (mark != null && keys.redrives().remove(key, mark)) {
            keys.slots().free(mark, -1);
        }
    }

    /** Notes that the first parked record of the key could not be handled again, which ends sending it again. */
    void failedAgain(String key, Kept kept, int attempts, String error) {
        LogRecord record = record(kept);
        ParkingNote note = new ParkingNote(
                ParkingNote.Kind.PARKED, kept.origin(), attempts, time.now(), error, record.key(), record.header());
        Change change = locked(() -> change(key, kept, note, record.payload(), mark(key)));
        long place = writer.await(change.writing());
        records.forget(kept.place());
        locked(() -> {
            keys.put(key, new Kept(kept.slot(), place, kept.origin(), attempts, error, note.time()));
            unmark(key, change.mark());
        });
    }

    /** Notes durably that the key's records are to be sent again; a restart goes on with it. */
    void redrive(String key) {
        marks.lock();
        try {
            ParkingNote note =
                    new ParkingNote(ParkingNote.Kind.REDRIVE, -1, 0, time.now(), "", ParkedKeys.key(key), NOTHING);
            Optional<Begun> marking = locked(() ->
                    mark(key) != null || keys.of(key) == null ? Optional.empty() : Optional.of(begin(note, NOTHING)));
            marking.ifPresent(begun -> {
                await(begun);
                locked(() -> keys.redrives().put(key, begun.slot()));
            });
        } finally {
            marks.unlock();
        }
    }

    /** The keys that were being sent again when the group was closed. */
    Set<String> redrives() {
        return Set.copyOf(keys.redrives().keySet());
    }

    /** The keys whose first parked record is such a one. */
    Set<String> withFirst(Predicate<LogRecord> such) {
        return locked(() -> {
            Set<String> found = new TreeSet<>();
            keys.all().forEach((key, parked) -> {
                if (such.test(record(parked.firstEntry().getValue()))) {
                    found.add(key);
                }
            });
            return found;
        });
    }

    /** Sending the key's records again has come to its end, for better or worse. */
    void redriven(String key) {
        if (mark(key) == null) {
            return;
        }
        marks.lock();
        try {
            Optional<Begun> clearing = locked(() -> Optional.ofNullable(mark(key))
                    .map(mark -> new Begun(mark, writer.begin(new SlotWriter.Notes().with(mark, free(), NOTHING)))));
            clearing.ifPresent(begun -> {
                writer.await(begun.writing());
                locked(() -> unmark(key, begun.slot()));
            });
        } finally {
            marks.unlock();
        }
    }

    /**
     * Takes everything that was ever parked of the key out of the log: what is parked is dismissed, then the slots that ever held
     * something of it are erased up to what they hold now.
     */
    void erase(String key) {
        locked(() -> {
            TreeMap<Long, Kept> events = keys.of(key);
            if (events != null) {
                settle(ParkingNote.Kind.DISMISSED, key, List.copyOf(events.values()), "erased");
            }
            writer.resumeAfterFailure();
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
            touched.forEach(slot -> writer.erase(slot, newest.getOrDefault(slot, 0L)));
            records.forgetAll();
        });
    }

    @Override
    public void close() {
        try (records) {
            writer.close();
        }
    }
}
