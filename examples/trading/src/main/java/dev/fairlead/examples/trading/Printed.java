package dev.fairlead.examples.trading;

import java.time.Duration;
import java.util.Locale;

/** The forms in which texts and numbers are shown. */
final class Printed {
    private static final int LONGEST = 40;

    private Printed() {}

    /** A text from outside, short and without control characters. */
    static String quoted(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }

    /** At most seven characters. */
    static String count(long number) {
        if (number < 1_000_000) {
            return String.format(Locale.ROOT, "%,d", number);
        }
        return number < 1_000_000_000
                ? String.format(Locale.ROOT, "%.2fM", number / 1e6)
                : String.format(Locale.ROOT, "%.2fG", number / 1e9);
    }

    /** At most six characters. */
    static String age(Duration age) {
        long millis = age.toMillis();
        if (millis < 10_000) {
            return millis + "ms";
        }
        if (millis < 1_000_000) {
            return millis / 1000 + "s";
        }
        return millis < 360_000_000L ? millis / 3_600_000 + "h" : "-";
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }
}
