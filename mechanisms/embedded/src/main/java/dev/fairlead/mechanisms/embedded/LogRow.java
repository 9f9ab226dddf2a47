package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.Retention;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What is stored of a log beside its records.
 *
 * @param id its number in the keys
 * @param definition what it is to be
 * @param epoch of its newest claim
 * @param owner who made it
 * @param start where it begins
 * @param compactedBelow below it records may be missing
 * @param kept how many records compaction left below that
 */
record LogRow(int id, LogDefinition definition, long epoch, String owner, long start, long compactedBelow, long kept) {
    private static final byte FORMAT = 1;
    private static final byte ALL = 0;
    private static final byte FOR = 1;
    private static final byte LATEST = 2;
    private static final int FIXED = 1 + 4 + 1 + 8 + 4 + 1 + 4 * 8;

    static LogRow first(int id, LogDefinition definition) {
        return new LogRow(id, definition, 0, "", 0, 0, 0);
    }

    LogRow defined(LogDefinition newer) {
        return new LogRow(id, newer, epoch, owner, start, compactedBelow, kept);
    }

    LogRow claimed(String by) {
        return new LogRow(id, definition, epoch + 1, by, start, compactedBelow, kept);
    }

    LogRow startingAt(long offset) {
        return new LogRow(id, definition, epoch, owner, offset, Math.max(compactedBelow, offset), kept);
    }

    LogRow compacted(long below, long left) {
        return new LogRow(id, definition, epoch, owner, start, Math.max(compactedBelow, below), left);
    }

    byte[] bytes() {
        byte[] by = owner.getBytes(StandardCharsets.UTF_8);
        ByteBuffer target = ByteBuffer.allocate(FIXED + by.length);
        target.put(FORMAT).putInt(id);
        switch (definition.retention()) {
            case Retention.KeepAll all -> target.put(ALL).putLong(0).putInt(0);
            case Retention.KeepFor(Duration time) ->
                target.put(FOR).putLong(time.getSeconds()).putInt(time.getNano());
            case Retention.LatestPerKey latest -> target.put(LATEST).putLong(0).putInt(0);
        }
        target.put((byte) definition.durability().ordinal());
        return target.putLong(epoch)
                .putLong(start)
                .putLong(compactedBelow)
                .putLong(kept)
                .put(by)
                .array();
    }

    static LogRow parse(String name, byte[] bytes) {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        if (source.get() != FORMAT) {
            throw new IllegalArgumentException("log " + name + " is described in an unknown format");
        }
        int id = source.getInt();
        Retention retention = retention(name, source.get(), Duration.ofSeconds(source.getLong(), source.getInt()));
        Durability durability = Durability.values()[source.get()];
        long epoch = source.getLong();
        long start = source.getLong();
        long compactedBelow = source.getLong();
        long kept = source.getLong();
        String owner = StandardCharsets.UTF_8.decode(source).toString();
        return new LogRow(
                id, new LogDefinition(name, retention, durability), epoch, owner, start, compactedBelow, kept);
    }

    private static Retention retention(String name, byte kind, Duration time) {
        return switch (kind) {
            case ALL -> new Retention.KeepAll();
            case FOR -> new Retention.KeepFor(time);
            case LATEST -> new Retention.LatestPerKey();
            default -> throw new IllegalArgumentException("log " + name + " has an unknown retention");
        };
    }
}
