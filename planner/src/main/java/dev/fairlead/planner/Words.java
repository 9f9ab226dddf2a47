package dev.fairlead.planner;

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
            case "pushRecordsPerSecond" -> "push " + Figures.number(value) + " records/s";
            case "pushBytesPerSecond" -> Figures.bytes(value) + "/s";
            case "pullCallsPerSecond" -> "pull " + Figures.number(value) + " calls/s";
            case "pullBytesPerSecond" -> Figures.bytes(value) + "/s";
            case "memoryBytesPerInstance" -> "copy " + Figures.bytes(value);
            case "bootstrapSeconds" -> "loaded in " + Figures.number(value) + " s";
            default -> figure + " " + Figures.number(value);
        };
    }
}
