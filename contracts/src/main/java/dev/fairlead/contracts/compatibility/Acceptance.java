package dev.fairlead.contracts.compatibility;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether one document fits a type.
 *
 * <p>Judges each document by itself and knows nothing of containment, so that it can bear witness for or against it.
 */
public final class Acceptance {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final BigDecimal LARGEST_FLOAT = new BigDecimal(Double.MAX_VALUE);

    private final View view;

    private Acceptance(View view) {
        this.view = view;
    }

    /** Whether a record of these fields may be this document, seen from one side. */
    public static boolean accepts(View view, Fields fields, Document document) {
        return document instanceof Document.Members members && new Acceptance(view).record(fields, members, Set.of());
    }

    /** Whether a value of this type may be this document, seen from one side. */
    public static boolean accepts(View view, FieldType type, Document document) {
        return new Acceptance(view).value(type, document);
    }

    private boolean value(FieldType type, Document document) {
        return switch (type) {
            case FieldType.Optional(FieldType required) ->
                document == Document.Nothing.NULL || value(required, document);
            case FieldType.Scalar scalar -> scalar(scalar, document);
            case FieldType.Decimal decimal ->
                document instanceof Document.Number(BigDecimal number) && isDecimal(decimal, number);
            case FieldType.Symbols symbols ->
                document instanceof Document.Text(String text)
                        && symbols.symbols().contains(text);
            case FieldType.ListOf(FieldType element) ->
                document instanceof Document.Array array
                        && array.elements().stream().allMatch(each -> value(element, each));
            case FieldType.MapOf(FieldType value) ->
                document instanceof Document.Members members
                        && members.values().values().stream().allMatch(each -> value(value, each));
            case FieldType.RecordOf(Fields fields) ->
                document instanceof Document.Members members && record(fields, members, Set.of());
            case FieldType.Union union -> document instanceof Document.Members members && union(union, members);
        };
    }

    private boolean union(FieldType.Union union, Document.Members members) {
        if (!(members.values().get(union.discriminator()) instanceof Document.Text(String variant))) {
            return false;
        }
        Fields fields = union.variants().get(variant);
        return fields != null && record(fields, members, Set.of(union.discriminator()));
    }

    private boolean record(Fields fields, Document.Members members, Set<String> known) {
        Map<String, Document> values = members.values();
        boolean isClosed = view == View.PRODUCER;
        if (isClosed
                && !values.keySet().stream()
                        .allMatch(name ->
                                known.contains(name) || fields.field(name).isPresent())) {
            return false;
        }
        for (Field field : fields.list()) {
            Document value = values.getOrDefault(field.name(), Document.Nothing.NULL);
            if (!value(field.type(), value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean scalar(FieldType.Scalar scalar, Document document) {
        return switch (scalar) {
            case BOOL -> document instanceof Document.Flag;
            case INT32, INT64, FLOAT64 ->
                document instanceof Document.Number(BigDecimal number) && isNumber(scalar, number);
            case STRING, INSTANT, DATE, DURATION, UUID, BYTES ->
                document instanceof Document.Text(String text) && isText(scalar, text);
        };
    }

    private static boolean isNumber(FieldType.Scalar scalar, BigDecimal number) {
        return switch (scalar) {
            case INT32 -> isWhole(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> isWhole(number, Long.MIN_VALUE, Long.MAX_VALUE);
            default -> number.abs().compareTo(LARGEST_FLOAT) <= 0;
        };
    }

    private static boolean isWhole(BigDecimal number, long least, long most) {
        return number.scale() <= 0
                && number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static boolean isDecimal(FieldType.Decimal decimal, BigDecimal number) {
        int before = number.precision() - number.scale();
        return number.scale() <= decimal.scale()
                && (number.signum() == 0 || before <= decimal.precision() - decimal.scale());
    }

    private static boolean isText(FieldType.Scalar scalar, String text) {
        try {
            return switch (scalar) {
                case INSTANT -> Instant.parse(text) != null;
                case DATE -> LocalDate.parse(text) != null;
                case DURATION -> Duration.parse(text) != null;
                case BYTES -> Base64.getDecoder().decode(text) != null;
                case UUID -> UUID.matcher(text).matches();
                default -> true;
            };
        } catch (DateTimeException | IllegalArgumentException notThat) {
            return false;
        }
    }
}
