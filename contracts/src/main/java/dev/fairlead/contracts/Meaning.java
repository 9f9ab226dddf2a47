package dev.fairlead.contracts;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a field's value means beyond its type: a change of any of these breaks readers although every document still parses.
 *
 * @param unit what is counted, for example {@code kg}
 * @param currency the ISO 4217 code
 * @param timezone the time zone in which a date or time is meant
 * @param scale the power of ten by which a whole number is multiplied, for example {@code 2} for cents
 */
public record Meaning(
        @Nullable String unit,
        @Nullable String currency,
        @Nullable String timezone,
        @Nullable Integer scale) {

    /** Nothing beyond the type. */
    public static final Meaning PLAIN = new Meaning(null, null, null, null);

    String text() {
        StringJoiner text = new StringJoiner(" ");
        add(text, "unit", unit);
        add(text, "currency", currency);
        add(text, "timezone", timezone);
        add(text, "scale", scale);
        return text.toString();
    }

    private static void add(StringJoiner text, String name, @Nullable Object value) {
        if (value != null) {
            text.add(name + "=" + Quoted.text(value.toString()));
        }
    }
}
