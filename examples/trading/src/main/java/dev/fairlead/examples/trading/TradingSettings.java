package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.Carriers;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the demo is played.
 *
 * @param length how long the market runs, from five seconds to a day
 * @param speed seconds of the file per second of the run
 * @param seed of the synthetic instruments
 * @param carriers what carries the items
 * @param trades a file of trades; null for the one that comes with the example
 */
public record TradingSettings(
        Duration length,
        double speed,
        long seed,
        Carriers carriers,
        @Nullable Path trades) {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofDays(1);

    public TradingSettings {
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the demo runs from 5s, which its stories need, to 24h");
        }
        if (!(speed >= 1 && speed <= 1e6)) {
            throw new IllegalArgumentException("the speed is a number from 1 to 1000000");
        }
    }

    /** Twenty seconds at a thousand times the speed of the real market. */
    public static TradingSettings defaults() {
        return new TradingSettings(Duration.ofSeconds(20), 1000, 1, Carriers.embedded(), null);
    }

    public TradingSettings withLength(Duration wanted) {
        return new TradingSettings(wanted, speed, seed, carriers, trades);
    }

    public TradingSettings withSpeed(double wanted) {
        return new TradingSettings(length, wanted, seed, carriers, trades);
    }

    public TradingSettings withSeed(long wanted) {
        return new TradingSettings(length, speed, wanted, carriers, trades);
    }

    public TradingSettings withCarriers(Carriers wanted) {
        return new TradingSettings(length, speed, seed, wanted, trades);
    }

    public TradingSettings withTrades(Path wanted) {
        return new TradingSettings(length, speed, seed, carriers, wanted);
    }
}
