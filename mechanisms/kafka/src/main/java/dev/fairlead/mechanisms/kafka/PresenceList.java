package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.calling.Presence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who answers, as far as the list has been read. Safe for many threads. */
final class PresenceList {
    private static final int MOST = 10_000;

    private final Map<String, Announced> announced = new HashMap<>();
    private long newest;
    private long newestAt = System.nanoTime();
    private long readTo;

    /** @param until by the brokers' clock, in milliseconds */
    private record Announced(List<Presence> all, long until) {}

    static byte[] pack(List<Presence> all, Duration lease) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(lease.toMillis());
            out.writeInt(all.size());
            for (Presence presence : all) {
                out.writeUTF(presence.item());
                out.writeLong(presence.number());
                out.writeInt(presence.room());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Somebody has announced its answerers; null when it has left. */
    synchronized void note(String address, byte @Nullable [] value, long stamp) {
        if (stamp > newest) {
            newest = stamp;
            newestAt = System.nanoTime();
        }
        Announced said = value == null ? null : unpack(address, value, stamp);
        if (said == null || said.all().isEmpty()) {
            announced.remove(address);
        } else {
            announced.put(address, said);
        }
    }

    private static @Nullable Announced unpack(String address, byte[] value, long stamp) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            long lease = in.readLong();
            int size = in.readInt();
            if (lease < 0 || size < 0 || size > MOST) {
                return null;
            }
            List<Presence> all = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                all.add(new Presence(in.readUTF(), address, in.readLong(), in.readInt()));
            }
            return new Announced(all, stamp + lease);
        } catch (IOException none) {
            return null;
        }
    }

    /** Those of whom no lease is over; the brokers' time is the newest that came, and what has passed here since. */
    synchronized Collection<Presence> of(String item) {
        long now = newest + Duration.ofNanos(System.nanoTime() - newestAt).toMillis();
        announced.values().removeIf(said -> said.until() < now);
        return announced.values().stream()
                .flatMap(said -> said.all().stream())
                .filter(presence -> presence.item().equals(item))
                .toList();
    }

    synchronized void readTo(long offset) {
        readTo = offset;
    }

    synchronized long readTo() {
        return readTo;
    }
}
