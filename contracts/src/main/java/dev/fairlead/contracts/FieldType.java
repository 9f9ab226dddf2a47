package dev.fairlead.contracts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The type of a field in a plan: a closed set on which "every document of this type is a document of that type" can be
 * decided exactly.
 *
 * <p>{@link #text()} is the canonical written form; {@link FieldTypeText} reads it back to an equal type. Immutable.
 */
public sealed interface FieldType {

    /** How deep types may nest. */
    int MAX_DEPTH = 16;

    /** How many symbols an {@code enum} may have. */
    int MAX_SYMBOLS = 500;

    /** How many digits a {@code decimal} may have. */
    int MAX_PRECISION = 38;

    /** How many fields a record, or variants a union, may have; as many columns as a table of most databases may have. */
    int MAX_FIELDS = 1_000;

    /** The canonical written form, for example {@code list(decimal(12,2))?}. */
    String text();

    /** Whether a value may be absent. */
    default boolean isOptional() {
        return this instanceof Optional;
    }

    /** This type without the mark that a value may be absent. */
    default FieldType required() {
        return this instanceof Optional(FieldType type) ? type : this;
    }

    /** The types without parameters. */
    enum Scalar implements FieldType {
        /** Unicode text. */
        STRING("string"),
        /** True or false. */
        BOOL("bool"),
        /** A whole number of 32 bits. */
        INT32("int32"),
        /** A whole number of 64 bits. */
        INT64("int64"),
        /** A binary floating-point number of 64 bits. */
        FLOAT64("float64"),
        /** A point on the time line. */
        INSTANT("instant"),
        /** A day without a time zone. */
        DATE("date"),
        /** A length of time. */
        DURATION("duration"),
        /** A universally unique identifier. */
        UUID("uuid"),
        /** Raw bytes. */
        BYTES("bytes");

        private final String text;

        Scalar(String text) {
            this.text = text;
        }

        @Override
        public String text() {
            return text;
        }
    }

    /** An exact decimal number of at most {@code precision} digits, {@code scale} of them after the point. */
    record Decimal(int precision, int scale) implements FieldType {
        public Decimal {
            Check.that(precision >= 1 && precision <= MAX_PRECISION, "the precision of a decimal is 1 to 38");
            Check.that(scale >= 0 && scale <= precision, "the scale of a decimal is 0 to its precision");
        }

        @Override
        public String text() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /** One of a closed set of symbols, in the order in which they were declared. */
    record Symbols(List<String> symbols) implements FieldType {
        public Symbols {
            symbols = List.copyOf(symbols);
            Check.that(!symbols.isEmpty() && symbols.size() <= MAX_SYMBOLS, "an enum has 1 to 500 symbols");
            Check.that(new LinkedHashSet<>(symbols).size() == symbols.size(), "the symbols of an enum differ");
            symbols.forEach(symbol -> Check.that(Names.isSymbol(symbol), "not a symbol: " + symbol));
        }

        @Override
        public String text() {
            return "enum(" + String.join(", ", symbols) + ")";
        }
    }

    /** Elements of one type, in order. */
    record ListOf(FieldType element) implements FieldType {
        @Override
        public String text() {
            return "list(" + element.text() + ")";
        }
    }

    /** Values of one type by text keys. */
    record MapOf(FieldType value) implements FieldType {
        @Override
        public String text() {
            return "map(" + value.text() + ")";
        }
    }

    /** Named fields, in order. */
    record RecordOf(Fields fields) implements FieldType {
        @Override
        public String text() {
            return "record(" + fields.text() + ")";
        }
    }

    /** A value that may be absent. */
    record Optional(FieldType type) implements FieldType {
        public Optional {
            Check.that(!type.isOptional(), "a type is optional once");
        }

        @Override
        public String text() {
            return type.text() + "?";
        }
    }

    /**
     * One of a closed set of records, told apart by the field {@code discriminator}, which holds the name of the variant.
     */
    record Union(String discriminator, Map<String, Fields> variants) implements FieldType {
        public Union {
            variants = Collections.unmodifiableMap(new LinkedHashMap<>(variants));
            Check.that(Names.isField(discriminator), "not a field name: " + discriminator);
            Check.that(
                    !variants.isEmpty() && variants.size() <= MAX_FIELDS,
                    "a union has 1 to " + MAX_FIELDS + " variants");
            for (Map.Entry<String, Fields> variant : variants.entrySet()) {
                Check.that(Names.isSymbol(variant.getKey()), "not a variant name: " + variant.getKey());
                Check.that(
                        variant.getValue().field(discriminator).isEmpty(),
                        "the variant " + variant.getKey() + " has a field with the name of the discriminator");
            }
        }

        @Override
        public String text() {
            return variants.entrySet().stream()
                    .map(variant -> variant.getKey() + "(" + variant.getValue().text() + ")")
                    .collect(Collectors.joining(", ", "union(" + discriminator + ", ", ")"));
        }
    }
}
