package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one group of followers has parked, looked at from outside, without a plan and without its follower.
 *
 * <p>Reading changes nothing. {@link #redrive} and {@link #dismiss} take the group's parking over, so its follower, if one runs, ends;
 * they are durable when they return, and take effect in order when the service follows the group next. For one thread.
 */
public final class ParkedGroup {
    private static final Pattern LOG = Pattern.compile("(.+)\\.parked\\.([^.]+)\\.([^.]+)");
    private static final int LONGEST_REASON = 1000;

    private final String item;
    private final String service;
    private final String group;
    private final ParkingLog log;
    private final ParkedKeys keys;

    /**
     * A parked event.
     *
     * @param key in its text form
     * @param position in the item's log
     * @param event its name in the plan; null when the record cannot be read
     * @param version of the key; 0 when the record cannot be read
     * @param attempts how often it was tried; 0 for one that queues behind another
     * @param since when it was parked or failed again
     * @param error why it could not be handled; empty for one that queues behind another
     * @param redrive whether its key is to be sent again when the group is followed next
     */
    public record Event(
            String key,
            Position position,
            @Nullable String event,
            long version,
            int attempts,
            Instant since,
            String error,
            boolean redrive) {}

    private ParkedGroup(String item, String service, String group, ParkingLog log) {
        this.item = item;
        this.service = service;
        this.group = group;
        this.log = log;
        this.keys = log.read();
    }

    /** The groups whose parking is among the logs of the mechanism, as they are now. */
    public static List<ParkedGroup> among(Collection<String> logs, Mechanism mechanism) {
        List<ParkedGroup> groups = new ArrayList<>();
        for (String name : logs) {
            Matcher parts = LOG.matcher(name);
            if (parts.matches()) {
                ParkingLog log = new ParkingLog(name, mechanism);
                groups.add(new ParkedGroup(parts.group(1), parts.group(2), parts.group(3), log));
            }
        }
        return groups;
    }

    /** The id of the item that is followed. */
    public String item() {
        return item;
    }

    /** The service that follows. */
    public String service() {
        return service;
    }

    /** The group's own name. */
    public String group() {
        return group;
    }

    /** How many places of its parking log cannot be read. */
    public int damaged() {
        return keys.damaged().size();
    }

    /** What is parked, key by key, each in order. */
    public List<Event> events() {
        List<Event> events = new ArrayList<>();
        try (ParkedRecords records = log.records()) {
            keys.all().forEach((key, parked) -> parked.values().forEach(kept -> events.add(event(key, kept, records))));
        }
        return events;
    }

    private Event event(String key, Kept kept, ParkedRecords records) {
        EventEnvelope envelope = envelope(kept, records);
        return new Event(
                new String(ParkedKeys.key(key), UTF_8),
                new Position(0, kept.origin()),
                envelope == null ? null : envelope.type(),
                envelope == null ? 0 : envelope.version(),
                kept.attempts(),
                kept.parked(),
                kept.error(),
                keys.redrives().containsKey(key));
    }

    private @Nullable EventEnvelope envelope(Kept kept, ParkedRecords records) {
        LogRecord record = log.record(kept, records);
        try {
            return new EventFormat(item).read(record);
        } catch (FairleadException unreadable) {
            return null; // such a record is parked for that very reason
        }
    }

    /** The value of a parked event as its owner encoded it. */
    public byte[] payload(String key, Position position) {
        TreeMap<Long, Kept> parked = parked(key);
        Kept kept = parked.get(position.offset());
        if (kept == null) {
            throw bad("the event at " + position.offset() + " of " + key + " is not parked");
        }
        return log.record(kept).payload();
    }

    /** Lets the key's events be sent again when the group is followed next; returns how many they are. */
    public int redrive(String key, TimeSource time) {
        int count = parked(key).size();
        try (Parking parking = parking(time)) {
            parking.redrive(name(key));
        }
        return count;
    }

    /** Lets all that is parked be sent again when the group is followed next; returns how many events each key has. */
    public Map<String, Integer> redriveAll(TimeSource time) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        if (keys.all().isEmpty()) {
            return counts; // whoever follows goes on
        }
        try (Parking parking = parking(time)) {
            keys.all().forEach((key, parked) -> {
                parking.redrive(key);
                counts.put(new String(ParkedKeys.key(key), UTF_8), parked.size());
            });
        }
        return counts;
    }

    /** Drops the key's first parked event for good. */
    public Position dismiss(String key, String reason, TimeSource time) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw bad("a reason has 1 to " + LONGEST_REASON + " characters, not " + reason.length());
        }
        Kept first = parked(key).firstEntry().getValue();
        try (Parking parking = parking(time)) {
            parking.dismissed(name(key), first, reason);
        }
        return new Position(0, first.origin());
    }

    private Parking parking(TimeSource time) {
        long position = log.log()
                .committed(item, service + "." + group, 0)
                .map(Position::offset)
                .orElse(0L);
        return new Parking(log, service, time, position);
    }

    private TreeMap<Long, Kept> parked(String key) {
        TreeMap<Long, Kept> parked = keys.of(name(key));
        if (parked == null) {
            throw bad("nothing is parked under " + key);
        }
        return parked;
    }

    private static String name(String key) {
        return ParkedKeys.name(key.getBytes(UTF_8));
    }

    private FairleadException bad(String what) {
        return new FairleadException(
                ErrorCode.BAD_VALUE, "group " + group + " of " + item + " in " + service + ": " + what);
    }
}
