package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.Carriers;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the demo is played.
 *
 * @param length how long customers come, from five seconds to an hour; the stories may need longer
 * @param speed seconds of the shop's history per second of the run
 * @param seed of the generated history and of what fails
 * @param carriers what carries the items
 * @param data a folder of daily files to load from; null for a generated history
 */
public record StoreSettings(
        Duration length,
        double speed,
        long seed,
        Carriers carriers,
        @Nullable Path data) {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);

    public StoreSettings {
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the demo runs from 5s, which its stories need, to 1h");
        }
        if (!(speed >= 1 && speed <= 1e6)) {
            throw new IllegalArgumentException("the speed is a number from 1 to 1000000");
        }
    }

    /** Fifteen seconds at five thousand times the speed of the real shop. */
    public static StoreSettings defaults() {
        return new StoreSettings(Duration.ofSeconds(15), 5000, 1, Carriers.embedded(), null);
    }

    public StoreSettings withLength(Duration wanted) {
        return new StoreSettings(wanted, speed, seed, carriers, data);
    }

    public StoreSettings withSeed(long wanted) {
        return new StoreSettings(length, speed, wanted, carriers, data);
    }

    public StoreSettings withData(Path wanted) {
        return new StoreSettings(length, speed, seed, carriers, wanted);
    }

    public StoreSettings withCarriers(Carriers wanted) {
        return new StoreSettings(length, speed, seed, wanted, data);
    }
}
