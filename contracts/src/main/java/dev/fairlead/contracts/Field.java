package dev.fairlead.contracts;

import org.jspecify.annotations.Nullable;

/**
 * One named field of a record.
 *
 * @param dataClass how closely it is guarded
 * @param defaultText what readers get where the owner wrote nothing, as written in the plan
 */
public record Field(
        String name,
        FieldType type,
        DataClass dataClass,
        Meaning meaning,
        @Nullable String defaultText) {

    public Field {
        Check.that(Names.isField(name), "not a field name: " + name);
    }

    /** A field of class internal, with no meaning beyond its type and no default. */
    public static Field of(String name, FieldType type) {
        return new Field(name, type, DataClass.INTERNAL, Meaning.PLAIN, null);
    }

    /** The class of this field or, if that is more guarded, of a field inside it. */
    public DataClass highestClass() {
        return dataClass.orHigher(highestClass(type));
    }

    private static DataClass highestClass(FieldType type) {
        return switch (type) {
            case FieldType.Scalar scalar -> DataClass.PUBLIC;
            case FieldType.Decimal decimal -> DataClass.PUBLIC;
            case FieldType.Symbols symbols -> DataClass.PUBLIC;
            case FieldType.ListOf(FieldType element) -> highestClass(element);
            case FieldType.MapOf(FieldType value) -> highestClass(value);
            case FieldType.Optional(FieldType required) -> highestClass(required);
            case FieldType.RecordOf(Fields fields) -> fields.highestClass();
            case FieldType.Union union ->
                union.variants().values().stream()
                        .map(Fields::highestClass)
                        .reduce(DataClass.PUBLIC, DataClass::orHigher);
        };
    }

    /** The canonical written form: name, type and whatever else differs from what is assumed. */
    String text() {
        StringBuilder text = new StringBuilder(name).append(": ").append(type.text());
        if (dataClass != DataClass.INTERNAL) {
            text.append(" class=").append(dataClass.word());
        }
        if (!meaning.equals(Meaning.PLAIN)) {
            text.append(' ').append(meaning.text());
        }
        if (defaultText != null) {
            text.append(" default=").append(Quoted.text(defaultText));
        }
        return text.toString();
    }
}
