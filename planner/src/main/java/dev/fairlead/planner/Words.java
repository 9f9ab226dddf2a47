package dev.fairlead.planner;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Writes values as the words that a plan uses for them. */
public final class Words {
    private Words() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static String of(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        return seconds > 0 && seconds < 1 ? Figures.number(seconds * 1e3) + "ms" : Figures.number(seconds) + "s";
    }

    public static String cost(String figure, double value) {
        return switch (figure) {
            case "hitShare" -> "cache answers " + Figures.number(value * 100) + "%";
            case "pushCost" -> "push cost " + Figures.number(value);
            case "pullCost" -> "pull cost " + Figures.number(value);
            case "margin" -> Figures.number(value) + " times apart";
            case "pushRecordsPerSecond" -> "push " + Figures.number(value) + " records/s";
            case "pushBytesPerSecond" -> Figures.bytes(value) + "/s";
            case "pullCallsPerSecond" -> "pull " + Figures.number(value) + " calls/s";
            case "pullBytesPerSecond" -> Figures.bytes(value) + "/s";
            case "memoryBytesPerInstance" -> "copy " + Figures.bytes(value);
            case "bootstrapSeconds" -> "loaded in " + Figures.number(value) + " s";
            default -> figure + " " + Figures.number(value);
        };
    }

    /** A number of a flip with its unit. */
    public static String flip(String input, double value) {
        return switch (input) {
            case "changes", "reads" -> Figures.number(value) + "/s";
            case "within", "budgets.bootstrap" -> Figures.number(value) + "s";
            case "size", "budgets.copyMemory" -> Figures.bytes(value);
            case "hot" -> Figures.number(value * 100) + "%";
            case "availability" -> percent(value);
            default -> Figures.number(value);
        };
    }

    /** A share of one in percent, with the digits that tell one nine from the next; cut off, so that none is promised too much. */
    public static String percent(double share) {
        return BigDecimal.valueOf(share)
                        .movePointRight(2)
                        .setScale(4, RoundingMode.FLOOR)
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
    }
}
