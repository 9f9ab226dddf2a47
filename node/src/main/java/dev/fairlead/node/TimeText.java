package dev.fairlead.node;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as callers write them: {@code 300ms} or {@code 2s}. */
final class TimeText {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s)");

    private TimeText() {}

    /** The time; zero for what is none. */
    static Duration parsed(String text) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            return Duration.ZERO;
        }
        long number = Long.parseLong(parts.group(1));
        return parts.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }
}
