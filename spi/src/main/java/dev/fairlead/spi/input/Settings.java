package dev.fairlead.spi.input;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of one mechanism, as {@code landscape.yaml} gives them. What is wrong fails with PLAN, and names the mechanism and the
 * setting; values are told only where they are no secrets.
 */
public record Settings(String mechanism, Map<String, String> values) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|min)");
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_-]{0,29}");

    public Settings {
        values = Map.copyOf(values);
    }

    /** Fails if there is a setting that is none of these. */
    public void onlyKnown(Collection<String> known) {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw unknown(key, key, known);
            }
        }
    }

    /** The refusal of a setting that is not known, for which the word was meant. */
    public FairleadException unknown(String key, String word, Collection<String> known) {
        return wrong("unknown setting '" + key + "' (" + Nearest.remedy(word, known) + ")");
    }

    public String text(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    /**
     * The setting {@code prefix}: what all names begin with that the mechanism gives to something on its server, so that several
     * landscapes, and proofs and demos, can share one. A small letter, then small letters, digits, {@code _} and {@code -}, at most 30 characters,
     * which is what every server takes.
     */
    public String prefix(String otherwise) {
        String text = text("prefix", otherwise);
        if (!text.equals(otherwise) && !PREFIX.matcher(text).matches()) {
            throw wrong(
                    "'prefix' is what names on the server begin with, [a-z][a-z0-9_-]*, at most 30 characters, not '"
                            + text + "'");
        }
        return text;
    }

    /** A whole number within the bounds. */
    public int number(String key, int otherwise, int least, int most) {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as any other wrong number.
        }
        throw wrong("'" + key + "' is a number from " + least + " to " + most + ", not '" + text + "'");
    }

    /** A time such as {@code 500ms}, {@code 10s} or {@code 2min}, within the bounds. */
    public Duration duration(String key, Duration otherwise, Duration least, Duration most) {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw wrong("'" + key + "' is a time such as 500ms, 10s or 2min, not '" + text + "'");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration time = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw wrong("'" + key + "' is from " + least.toMillis() + "ms to " + most.toMinutes() + "min, not '" + text
                    + "'");
        }
        return time;
    }

    /** The refusal of a setting. */
    public FairleadException wrong(String what) {
        return new FairleadException(ErrorCode.PLAN, "mechanism " + mechanism + ": " + what);
    }

    /** Without the values, of which some are secrets. */
    @Override
    public String toString() {
        return "settings of " + mechanism + " " + values.keySet();
    }
}
