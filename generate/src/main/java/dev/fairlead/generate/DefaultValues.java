package dev.fairlead.generate;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.StringNode;

/** What the plan gives as a field's default, as a value of its type. */
final class DefaultValues {
    private DefaultValues() {}

    /** Nothing when there is no default, or its text is none of the type. */
    static Optional<JsonNode> of(Field field) {
        String text = field.defaultText();
        if (text == null) {
            return Optional.empty();
        }
        try {
            return value(field.type().required(), text);
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> value(FieldType type, String text) {
        return switch (type) {
            case FieldType.Scalar scalar ->
                switch (scalar) {
                    case BOOL ->
                        text.equals("true") || text.equals("false")
                                ? Optional.of(BooleanNode.valueOf(text.equals("true")))
                                : Optional.empty();
                    case INT32, INT64 -> Optional.of(BigIntegerNode.valueOf(new BigInteger(text)));
                    case FLOAT64 -> Optional.of(DecimalNode.valueOf(new BigDecimal(text)));
                    case STRING, INSTANT, DATE, DURATION, UUID, BYTES -> Optional.of(StringNode.valueOf(text));
                };
            case FieldType.Decimal decimal -> Optional.of(DecimalNode.valueOf(new BigDecimal(text)));
            case FieldType.Symbols symbols ->
                symbols.symbols().contains(text) ? Optional.of(StringNode.valueOf(text)) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
