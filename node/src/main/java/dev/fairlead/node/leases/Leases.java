package dev.fairlead.node.leases;

import dev.fairlead.spi.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was taken and by whom, under names that nobody can guess, each for a limited time. Safe for many threads.
 *
 * @param <T> what is taken
 */
public final class Leases<T> {
    private static final int NAME_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Lease<T>> byName = new ConcurrentHashMap<>();
    private final TimeSource time;

    /** Makes a place for leases that end by this clock. */
    public Leases(TimeSource time) {
        this.time = time;
    }

    private record Lease<T>(String holder, String item, T taken, TimeSource.Alarm end) {
        boolean is(String who, String what) {
            return holder.equals(who) && item.equals(what);
        }
    }

    /** How many there are. */
    public int count() {
        return byName.size();
    }

    /**
     * Begins a lease.
     *
     * @param over called on a thread that others wait for, when nobody has ended it until then
     * @return its name
     */
    public String begin(String holder, String item, T taken, Duration length, Runnable over) {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        TimeSource.Alarm end = time.at(time.nanos() + length.toNanos(), () -> {
            if (byName.remove(name) != null) {
                over.run();
            }
        });
        byName.put(name, new Lease<>(holder, item, taken, end));
        return name;
    }

    /** What is held under the name by this holder; nothing when the lease is over, or never was the holder's. */
    public Optional<T> find(String holder, String item, String name) {
        return Optional.ofNullable(byName.get(name))
                .filter(lease -> lease.is(holder, item))
                .map(Lease::taken);
    }

    /** Ends the lease; of several that do so at once one gets what it held. */
    public Optional<T> end(String holder, String item, String name) {
        if (find(holder, item, name).isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(byName.remove(name)).map(lease -> {
            lease.end().cancel();
            return lease.taken();
        });
    }
}
