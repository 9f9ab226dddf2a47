package dev.fairlead.engine.documents;

import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.FieldType.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values without parts, as JSON holds them: what fits a type, and what does not. */
final class PlainValues {
    private static final int LONGEST_NUMBER = 60;

    private PlainValues() {}

    /** The value as it is to be written, or null when it does not fit. */
    static @Nullable Object fitting(FieldType type, Object value) {
        return switch (type) {
            case Scalar scalar -> scalar(scalar, value);
            case FieldType.Decimal decimal ->
                number(value) instanceof BigDecimal number && fits(decimal, number) ? value : null;
            case FieldType.Symbols symbols ->
                value instanceof String text && symbols.symbols().contains(text) ? text : null;
            default -> null;
        };
    }

    private static @Nullable Object scalar(Scalar scalar, Object value) {
        return switch (scalar) {
            case BOOL -> value instanceof Boolean ? value : null;
            case INT32 -> whole(value, Integer.SIZE);
            case INT64 -> whole(value, Long.SIZE);
            case FLOAT64 -> floating(value);
            case STRING, INSTANT, DATE, DURATION, UUID, BYTES ->
                value instanceof String text && isText(scalar, text) ? text : null;
        };
    }

    private static @Nullable Object whole(Object value, int bits) {
        return value instanceof BigInteger number && number.bitLength() < bits ? number : null;
    }

    /** Written as a double is written: plain digits of a large one would be too many to be read again. */
    private static @Nullable Object floating(Object value) {
        BigDecimal number = number(value);
        return number != null && Double.isFinite(number.doubleValue()) ? (Object) number.doubleValue() : null;
    }

    private static @Nullable BigDecimal number(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case BigInteger whole -> new BigDecimal(whole);
            default -> null;
        };
    }

    /** Looks at digits and exponent only: to write {@code 1e999999999} out would take all memory. */
    private static boolean fits(FieldType.Decimal type, BigDecimal number) {
        if (number.signum() == 0) {
            return Math.abs((long) number.scale()) <= LONGEST_NUMBER;
        }
        BigDecimal shortest = number.stripTrailingZeros();
        long whole = (long) shortest.precision() - shortest.scale();
        return shortest.scale() <= type.scale() && whole <= type.precision() - type.scale();
    }

    private static boolean isText(Scalar scalar, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return false; // half of a surrogate pair is no character
        }
        try {
            return switch (scalar) {
                case INSTANT -> Instant.parse(text) != null;
                case DATE -> LocalDate.parse(text) != null;
                case DURATION -> Duration.parse(text) != null;
                case UUID -> UUID.fromString(text).toString().equalsIgnoreCase(text);
                case BYTES -> Base64.getDecoder().decode(text) != null;
                default -> true;
            };
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException wrong) {
            return false;
        }
    }
}
