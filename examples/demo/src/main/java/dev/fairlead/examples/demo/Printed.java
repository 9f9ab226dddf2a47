package dev.fairlead.examples.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The forms in which texts and numbers are shown. */
public final class Printed {
    private static final int LONGEST = 40;

    private Printed() {}

    /** Formats without regard to where the process runs. */
    public static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    public static String figures(Map<String, Number> figures) {
        return figures.entrySet().stream()
                .map(figure -> figure.getKey() + "=" + figure.getValue())
                .collect(Collectors.joining("  "));
    }

    /** A text from outside, short and without control characters. */
    public static String quoted(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }

    /** At most seven characters. */
    public static String count(long number) {
        if (number < 1_000_000) {
            return text("%,d", number);
        }
        return number < 999_990_000 ? text("%.2fM", number / 1e6) : text("%.1fG", number / 1e9);
    }

    /** At most five characters. */
    public static String brief(long number) {
        if (number < 100_000) {
            return Long.toString(number);
        }
        if (number < 10_000_000) {
            return number / 1000 + "k";
        }
        return number < 10_000_000_000L ? number / 1_000_000 + "M" : number / 1_000_000_000 + "G";
    }

    /** At most six characters. */
    public static String age(Duration age) {
        long millis = age.toMillis();
        if (millis < 10_000) {
            return millis + "ms";
        }
        if (millis < 1_000_000) {
            return millis / 1000 + "s";
        }
        if (millis < 6_000_000) {
            return millis / 60_000 + "min";
        }
        return millis < 360_000_000L ? millis / 3_600_000 + "h" : "-";
    }

    /** How often something happened. */
    public static String times(long count) {
        return switch ((int) Math.clamp(count, 0, 3)) {
            case 0 -> "never";
            case 1 -> "once";
            case 2 -> "twice";
            default -> count(count) + " times";
        };
    }

    public static String millis(double millis) {
        return text(millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    public static String seconds(Duration duration) {
        return text("%.2f s", duration.toNanos() / 1e9);
    }
}
