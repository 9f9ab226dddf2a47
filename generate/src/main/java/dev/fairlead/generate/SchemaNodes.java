package dev.fairlead.generate;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.Meaning;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schema 2020-12 of field types, as the JSON codec writes their values.
 *
 * <p>Only keywords that mean the same in draft 7 are used, so that AsyncAPI and OpenAPI can hold the same schemas.
 */
public enum SchemaNodes {
    /** What the owner promises to write: no other fields. */
    CLOSED,
    /** What a reader relies on: other fields are passed over. */
    OPEN;

    /** As Java's {@code Duration} writes itself; RFC 3339 has no fractions and no signs, so that no {@code format} fits. */
    private static final String DURATION =
            "^PT((-?[0-9]+H)?(-?[0-9]+M)?-?[0-9]+(\\.[0-9]{1,9})?S|(-?[0-9]+H)?-?[0-9]+M|-?[0-9]+H)$";

    /** An object with these fields. */
    public ObjectNode record(Fields fields) {
        ObjectNode schema = JsonText.object().put("type", "object");
        addFields(schema, fields);
        return schema;
    }

    private void addFields(ObjectNode schema, Fields fields) {
        ObjectNode properties = schema.withObject("/properties");
        fields.list().forEach(field -> properties.set(field.name(), field(field)));
        ArrayNode required = schema.withArray("/required");
        fields.list().stream().filter(field -> !field.type().isOptional()).forEach(field -> required.add(field.name()));
        if (this == CLOSED) {
            schema.put("additionalProperties", false);
        }
    }

    private ObjectNode field(Field field) {
        ObjectNode schema = type(field.type());
        if (field.dataClass() != DataClass.INTERNAL) {
            schema.put("x-class", field.dataClass().word());
        }
        Meaning meaning = field.meaning();
        put(schema, "x-unit", meaning.unit());
        put(schema, "x-currency", meaning.currency());
        put(schema, "x-timezone", meaning.timezone());
        if (meaning.scale() != null) {
            schema.put("x-scale", meaning.scale());
        }
        DefaultValues.of(field).ifPresent(value -> schema.set("default", value));
        return schema;
    }

    private static void put(ObjectNode schema, String name, @Nullable String value) {
        if (value != null) {
            schema.put(name, value);
        }
    }

    /** A value of the type. */
    public ObjectNode type(FieldType type) {
        return switch (type) {
            case FieldType.Scalar scalar -> scalar(scalar);
            case FieldType.Decimal decimal -> decimal(decimal);
            case FieldType.Symbols(List<String> symbols) -> {
                ObjectNode schema = typed("string");
                symbols.forEach(schema.withArray("/enum")::add);
                yield schema;
            }
            case FieldType.ListOf(FieldType element) -> {
                ObjectNode schema = typed("array");
                schema.set("items", type(element));
                yield schema;
            }
            case FieldType.MapOf(FieldType value) -> {
                ObjectNode schema = typed("object");
                schema.set("additionalProperties", type(value));
                yield schema;
            }
            case FieldType.RecordOf(Fields fields) -> record(fields);
            case FieldType.Optional(FieldType required) -> optional(type(required));
            case FieldType.Union union -> union(union);
        };
    }

    private static ObjectNode scalar(FieldType.Scalar scalar) {
        return switch (scalar) {
            case STRING -> typed("string");
            case BOOL -> typed("boolean");
            case INT32 ->
                typed("integer")
                        .put("format", "int32")
                        .put("minimum", Integer.MIN_VALUE)
                        .put("maximum", Integer.MAX_VALUE);
            case INT64 ->
                typed("integer")
                        .put("format", "int64")
                        .put("minimum", Long.MIN_VALUE)
                        .put("maximum", Long.MAX_VALUE);
            case FLOAT64 -> typed("number").put("format", "double");
            case INSTANT -> typed("string").put("format", "date-time");
            case DATE -> typed("string").put("format", "date");
            case DURATION -> typed("string").put("pattern", DURATION);
            case UUID -> typed("string").put("format", "uuid");
            case BYTES -> typed("string").put("contentEncoding", "base64");
        };
    }

    private static ObjectNode decimal(FieldType.Decimal decimal) {
        BigDecimal most =
                new BigDecimal(BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE), decimal.scale());
        return typed("number")
                .put("minimum", most.negate())
                .put("maximum", most)
                .put("multipleOf", new BigDecimal(BigInteger.ONE, decimal.scale()))
                .put("x-precision", decimal.precision());
    }

    private static ObjectNode optional(ObjectNode required) {
        if (!required.has("type")) {
            ObjectNode schema = JsonText.object();
            schema.withArray("/anyOf").add(required).addObject().put("type", "null");
            return schema;
        }
        String type = required.get("type").stringValue();
        required.remove("type");
        ObjectNode schema = JsonText.object();
        schema.withArray("/type").add(type).add("null");
        schema.setAll(required);
        if (schema.has("enum")) {
            schema.withArray("/enum").addNull();
        }
        return schema;
    }

    private ObjectNode union(FieldType.Union union) {
        ObjectNode schema = JsonText.object();
        ArrayNode variants = schema.withArray("/oneOf");
        for (Map.Entry<String, Fields> variant : union.variants().entrySet()) {
            ObjectNode part = typed("object");
            part.withObject("/properties").putObject(union.discriminator()).put("const", variant.getKey());
            part.withArray("/required").add(union.discriminator());
            addFields(part, variant.getValue());
            variants.add(part);
        }
        return schema;
    }

    private static ObjectNode typed(String type) {
        return JsonText.object().put("type", type);
    }
}
