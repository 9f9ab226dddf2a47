package dev.fairlead.contracts;

import dev.fairlead.contracts.FieldType.Scalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A field by which values are looked up. What is equal has one text: {@code 2.50} and {@code 2.5} of a decimal, both cases of a UUID. */
public record SearchedField(String name, FieldType type) {
    public SearchedField {
        type = type.required();
    }

    /** The field as it is declared; fails for one that is not {@linkplain #isSearchable searchable}. */
    public static SearchedField of(Field field) {
        Check.that(isSearchable(field), field.name() + " holds no single value");
        return new SearchedField(field.name(), field.type());
    }

    /** Whether a field holds a single value, that can be compared. */
    public static boolean isSearchable(Field field) {
        return switch (field.type().required()) {
            case Scalar any -> true;
            case FieldType.Decimal any -> true;
            case FieldType.Symbols any -> true;
            default -> false;
        };
    }

    /** The text of a value as a codec gives it; nothing when there is none. */
    public Optional<String> of(@Nullable Object value) {
        return value == null ? Optional.empty() : of(String.valueOf(value));
    }

    /** The text of a value that somebody wrote; nothing when it cannot be one of this type. */
    public Optional<String> of(String written) {
        try {
            return Optional.of(canonical(written));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private String canonical(String written) {
        if (type instanceof FieldType.Decimal) {
            return number(written);
        }
        if (!(type instanceof Scalar scalar)) {
            return written;
        }
        return switch (scalar) {
            case INT32, INT64, FLOAT64 -> number(written);
            case UUID -> written.toLowerCase(Locale.ROOT);
            case INSTANT -> Instant.parse(written).toString();
            case DURATION -> Duration.parse(written).toString();
            case STRING, BOOL, DATE, BYTES -> written;
        };
    }

    /** With its exponent: of a few letters it would else make a million. */
    private static String number(String written) {
        return new BigDecimal(written).stripTrailingZeros().toString();
    }
}
