package dev.fairlead.planner;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/** What a quantity measures: which units it may have and what they are worth in the base unit. */
enum Measure {
    /** Pieces. */
    COUNT("a count", "for example 4372, 3k or 2 million", Map.of("", one())),
    /** Per second. */
    RATE(
            "a rate",
            "for example 400/s, 5/min, 3k..5k/s, or never, rarely, sometimes, often, constantly",
            Map.of("/s", one(), "/min", per(60), "/h", per(3_600), "/day", per(86_400), "/d", per(86_400))),
    /** Bytes. */
    SIZE(
            "a size",
            "for example 300B, 1.2KB or 1GB",
            Map.of(
                    "B", one(),
                    "KB", times(1_000L),
                    "kB", times(1_000L),
                    "MB", times(1_000_000L),
                    "GB", times(1_000_000_000L),
                    "TB", times(1_000_000_000_000L),
                    "KiB", times(1L << 10),
                    "MiB", times(1L << 20),
                    "GiB", times(1L << 30),
                    "TiB", times(1L << 40))),
    /** Seconds. */
    DURATION(
            "a duration",
            "for example 300ms, 5s, 10min, 2h or 90d",
            Map.of(
                    "us", per(1_000_000),
                    "ms", per(1_000),
                    "s", one(),
                    "min", times(60),
                    "h", times(3_600),
                    "d", times(86_400))),
    /** A plain number that may have a fraction. */
    FACTOR("a number", "for example 1 or 2.5", Map.of("", one())),
    /** A share of one. */
    PERCENT("a percentage", "for example 99.95%", Map.of("%", per(100)));

    private final String title;
    private final String examples;
    private final Map<String, BigDecimal> units;

    Measure(String title, String examples, Map<String, BigDecimal> units) {
        this.title = title;
        this.examples = examples;
        this.units = units;
    }

    String title() {
        return title;
    }

    String examples() {
        return examples;
    }

    Map<String, BigDecimal> units() {
        return units;
    }

    boolean mayBeMultiplied() {
        return this == COUNT || this == RATE;
    }

    boolean mayBeRange() {
        return this == COUNT || this == RATE || this == SIZE;
    }

    private static BigDecimal one() {
        return BigDecimal.ONE;
    }

    private static BigDecimal times(long factor) {
        return BigDecimal.valueOf(factor);
    }

    private static BigDecimal per(long divisor) {
        return BigDecimal.ONE.divide(BigDecimal.valueOf(divisor), new MathContext(40));
    }
}
