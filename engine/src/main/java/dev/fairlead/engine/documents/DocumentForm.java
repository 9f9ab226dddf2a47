package dev.fairlead.engine.documents;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the fields of one kind of document against what the plan says of them. Safe for many threads.
 *
 * <p>All faults are found at once, each with its place in the document. What a strict reader of the plan's types could not read is
 * refused: other fields, missing ones, numbers out of range, text that is no date.
 */
public final class DocumentForm {
    private static final int MOST_FAULTS = 20;

    private final String what;
    private final Fields fields;

    /**
     * Makes the form.
     *
     * @param what names the document in messages, such as {@code a value of profile.profile}
     */
    public DocumentForm(String what, Fields fields) {
        this.what = what;
        this.fields = fields;
    }

    /** The document with its fields in the plan's order; fails with BAD_VALUE when it does not fit. */
    public Map<String, @Nullable Object> checked(Map<String, @Nullable Object> document) {
        Faults faults = new Faults();
        Map<String, @Nullable Object> fitting = record(fields, document, "", null, faults);
        if (!faults.texts.isEmpty()) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, what + " does not fit the plan: " + String.join("; ", faults.texts));
        }
        return fitting;
    }

    /** The text by which a key of this value is named; the value is one that fits the type. */
    public static String keyText(FieldType type, @Nullable Object value) {
        String text = String.valueOf(value);
        return type.required() == FieldType.Scalar.UUID
                ? java.util.UUID.fromString(text).toString()
                : text;
    }

    /** What is wrong, as far as it is told. */
    private static final class Faults {
        private final List<String> texts = new ArrayList<>();

        void add(String place, String fault) {
            if (texts.size() < MOST_FAULTS) {
                texts.add((place.isEmpty() ? "the document" : place) + ": " + fault);
            }
        }
    }

    private static Map<String, @Nullable Object> record(
            Fields fields,
            Map<?, ? extends @Nullable Object> found,
            String place,
            @Nullable String discriminator,
            Faults faults) {
        Map<String, @Nullable Object> fitting = new LinkedHashMap<>();
        for (Field field : fields.list()) {
            Object value = found.get(field.name());
            String there = place.isEmpty() ? field.name() : place + "." + field.name();
            if (value != null) {
                fitting.put(field.name(), value(field.type(), value, there, faults));
            } else if (!field.type().isOptional()) {
                faults.add(there, "missing (wanted is " + field.type().text() + ")");
            }
        }
        for (Object name : found.keySet()) {
            if (!name.equals(discriminator) && fields.field(name.toString()).isEmpty()) {
                faults.add(
                        place,
                        "there is no field " + Shown.text(name) + " (known: " + String.join(", ", fields.names())
                                + ")");
            }
        }
        return fitting;
    }

    private static @Nullable Object value(FieldType type, @Nullable Object value, String place, Faults faults) {
        if (value == null) {
            if (!type.isOptional()) {
                faults.add(place, "null (wanted is " + type.text() + ")");
            }
            return null;
        }
        return switch (type) {
            case FieldType.Optional(FieldType required) -> value(required, value, place, faults);
            case FieldType.Scalar scalar -> plain(scalar, value, place, faults);
            case FieldType.Decimal decimal -> plain(decimal, value, place, faults);
            case FieldType.Symbols symbols -> plain(symbols, value, place, faults);
            case FieldType.ListOf(FieldType element) -> list(element, type, value, place, faults);
            case FieldType.MapOf(FieldType element) -> map(element, type, value, place, faults);
            case FieldType.RecordOf(Fields fields) ->
                value instanceof Map<?, ?> found
                        ? record(fields, found, place, null, faults)
                        : misfit(type, value, place, faults);
            case FieldType.Union union -> union(union, value, place, faults);
        };
    }

    private static @Nullable Object plain(FieldType type, Object value, String place, Faults faults) {
        Object fitting = PlainValues.fitting(type, value);
        return fitting == null ? misfit(type, value, place, faults) : fitting;
    }

    private static @Nullable Object list(FieldType element, FieldType type, Object value, String place, Faults faults) {
        if (!(value instanceof List<?> found)) {
            return misfit(type, value, place, faults);
        }
        List<@Nullable Object> fitting = new ArrayList<>(found.size());
        for (Object each : found) {
            fitting.add(value(element, each, place + "[" + fitting.size() + "]", faults));
        }
        return fitting;
    }

    private static @Nullable Object map(FieldType element, FieldType type, Object value, String place, Faults faults) {
        if (!(value instanceof Map<?, ?> found)) {
            return misfit(type, value, place, faults);
        }
        Map<String, @Nullable Object> fitting = new LinkedHashMap<>();
        found.forEach((key, each) -> {
            String there = place + "[" + Shown.text(key) + "]";
            if (PlainValues.fitting(FieldType.Scalar.STRING, key) == null) {
                faults.add(there, "a name with half of a surrogate pair");
            }
            fitting.put(key.toString(), value(element, each, there, faults));
        });
        return fitting;
    }

    private static @Nullable Object union(FieldType.Union union, Object value, String place, Faults faults) {
        if (!(value instanceof Map<?, ?> found)) {
            return misfit(union, value, place, faults);
        }
        Object said = found.get(union.discriminator());
        Fields variant = said instanceof String name ? union.variants().get(name) : null;
        if (variant == null) {
            faults.add(
                    place + "." + union.discriminator(),
                    Shown.text(said) + " (wanted is one of "
                            + String.join(", ", union.variants().keySet()) + ")");
            return null;
        }
        Map<String, @Nullable Object> fitting = new LinkedHashMap<>();
        fitting.put(union.discriminator(), said);
        fitting.putAll(record(variant, found, place, union.discriminator(), faults));
        return fitting;
    }

    private static @Nullable Object misfit(FieldType type, Object value, String place, Faults faults) {
        faults.add(place, Shown.kind(value) + " (wanted is " + type.text() + ")");
        return null;
    }
}
