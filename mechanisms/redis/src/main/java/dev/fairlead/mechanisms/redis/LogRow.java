package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.Retention;
import java.time.Duration;

/**
 * A log as it is defined; what never changes of it.
 *
 * @param id tells it from another that was defined under the name after this one was gone
 * @param base the key of its stream, with which its other keys begin
 */
record LogRow(String name, String base, String id, Retention retention) {
    /** How many marks of time a log kept for a time has at most, about. */
    private static final int MARKS = 1000;

    byte[] key() {
        return Words.of(base);
    }

    /** One of its other keys. */
    byte[] part(String part) {
        return Words.of(base + ":" + part);
    }

    /** Whether its records can be looked up by key. */
    boolean keyed() {
        return retention instanceof Retention.LatestPerKey;
    }

    /** The milliseconds between two marks of time; 0 where time takes nothing. */
    long marking() {
        return retention instanceof Retention.KeepFor limited ? Math.max(1, millis(limited) / MARKS) : 0;
    }

    static String kind(Retention retention) {
        return switch (retention) {
            case Retention.KeepAll all -> "all";
            case Retention.KeepFor time -> "for";
            case Retention.LatestPerKey latest -> "latest";
        };
    }

    static long millis(Retention retention) {
        return retention instanceof Retention.KeepFor limited ? Moments.millis(limited.time()) : 0;
    }

    static Retention retention(String kind, long millis) {
        return switch (kind) {
            case "all" -> new Retention.KeepAll();
            case "for" -> new Retention.KeepFor(Duration.ofMillis(millis));
            default -> new Retention.LatestPerKey();
        };
    }

    @Override
    public String toString() {
        return "log " + name;
    }
}
