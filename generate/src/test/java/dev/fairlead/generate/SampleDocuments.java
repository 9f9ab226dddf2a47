package dev.fairlead.generate;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Documents of field types, by a seed: the extremes more often than chance would have them. */
final class SampleDocuments {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS =
            List.of("", "a", "ı İ ß \u0000 \uD83D\uDEA2 \"\\/ </script>", "x".repeat(300));

    private final Random random;

    SampleDocuments(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode of(Fields fields) {
        ObjectNode document = NODES.objectNode();
        for (Field field : fields.list()) {
            document.set(field.name(), value(field.type()));
        }
        return document;
    }

    private JsonNode value(FieldType type) {
        return switch (type) {
            case FieldType.Scalar scalar -> scalar(scalar);
            case FieldType.Decimal(int precision, int scale) -> NODES.numberNode(decimal(precision, scale));
            case FieldType.Symbols(List<String> symbols) -> NODES.stringNode(any(symbols));
            case FieldType.ListOf(FieldType element) -> {
                ArrayNode list = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(element));
                }
                yield list;
            }
            case FieldType.MapOf(FieldType value) -> {
                ObjectNode map = NODES.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.set(any(List.of("a", "", "$ref", "class")), value(value));
                }
                yield map;
            }
            case FieldType.RecordOf(Fields fields) -> of(fields);
            case FieldType.Optional(FieldType required) -> random.nextInt(3) == 0 ? NODES.nullNode() : value(required);
            case FieldType.Union union -> {
                String variant = any(new ArrayList<>(union.variants().keySet()));
                ObjectNode document = NODES.objectNode().put(union.discriminator(), variant);
                document.setAll(of(union.variants().getOrDefault(variant, Fields.NONE)));
                yield document;
            }
        };
    }

    private JsonNode scalar(FieldType.Scalar scalar) {
        return switch (scalar) {
            case STRING -> NODES.stringNode(any(TEXTS));
            case BOOL -> NODES.booleanNode(random.nextBoolean());
            case INT32 -> NODES.numberNode(any(List.of(Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE)));
            case INT64 -> NODES.numberNode(any(List.of(Long.MIN_VALUE, 0L, (1L << 53) + 1, Long.MAX_VALUE)));
            case FLOAT64 -> NODES.numberNode(any(List.of(-0.0, 0.1, Double.MIN_VALUE, Double.MAX_VALUE)));
            case INSTANT ->
                text(any(List.of(
                        Instant.EPOCH, Instant.parse("2026-02-28T23:59:59.123456789Z"), Instant.ofEpochSecond(-1))));
            case DATE -> text(any(List.of(LocalDate.EPOCH, LocalDate.of(2024, 2, 29), LocalDate.of(1, 1, 1))));
            case DURATION ->
                text(any(List.of(
                        Duration.ZERO,
                        Duration.ofMillis(-1500),
                        Duration.ofDays(40).plusNanos(1),
                        Duration.ofHours(-3),
                        Duration.ofMinutes(90),
                        Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))));
            case UUID -> text(new UUID(random.nextLong(), random.nextLong()));
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(50)];
                random.nextBytes(bytes);
                yield text(Base64.getEncoder().encodeToString(bytes));
            }
        };
    }

    private BigDecimal decimal(int precision, int scale) {
        BigInteger most = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
        return new BigDecimal(any(List.of(most, most.negate(), BigInteger.ONE, BigInteger.ZERO)), scale);
    }

    private static JsonNode text(Object value) {
        return NODES.stringNode(value.toString());
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
