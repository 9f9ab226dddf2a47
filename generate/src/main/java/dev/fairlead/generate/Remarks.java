package dev.fairlead.generate;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Meaning;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a field says beyond its type, as a short text for people. */
final class Remarks {
    private Remarks() {}

    /** For example {@code class personal, unit kg}; the class is left out when it is the usual one. */
    static String of(Field field, DataClass usual) {
        StringJoiner text = new StringJoiner(", ");
        add(text, "class", field.dataClass() == usual ? null : field.dataClass().word());
        Meaning meaning = field.meaning();
        add(text, "unit", meaning.unit());
        add(text, "currency", meaning.currency());
        add(text, "time zone", meaning.timezone());
        add(text, "times ten to the power of", meaning.scale());
        add(text, "default", field.defaultText());
        return text.toString();
    }

    private static void add(StringJoiner text, String name, @Nullable Object value) {
        if (value != null) {
            text.add(name + " " + value);
        }
    }
}
