package dev.fairlead.testkit;

import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The seeds of a property test: a property that fails names the seed, and {@code -Dfairlead.seed=N} runs that one alone.
 *
 * <pre>{@code
 * Seeds.first(200).check((seed, random) -> assertThat(decode(encode(any(random)))).isEqualTo(...));
 * }</pre>
 */
public final class Seeds {
    /** The system property that replays one seed. */
    public static final String PROPERTY = "fairlead.seed";

    private final long from;
    private final long to;

    private Seeds(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** The seeds 1 to {@code count}, or the one that the system property names. */
    public static Seeds first(int count) {
        String replayed = System.getProperty(PROPERTY);
        return replayed == null ? new Seeds(1, count) : only(Long.parseLong(replayed));
    }

    /** One seed, for a failure that is kept as a test. */
    public static Seeds only(long seed) {
        return new Seeds(seed, seed);
    }

    /** Checks the property with each seed, and stops at the first that fails. */
    public void check(Property property) {
        for (long seed = from; seed <= to; seed++) {
            try {
                property.check(seed, new Random(seed));
            } catch (Exception | AssertionError failure) {
                throw new AssertionError(
                        "failed with seed " + seed + " (replay with -D" + PROPERTY + "=" + seed + "): " + failure,
                        failure);
            }
        }
    }

    /** What must hold for every seed. */
    @FunctionalInterface
    public interface Property {
        /** Fails by any exception. */
        void check(long seed, RandomGenerator random) throws Exception;
    }
}
