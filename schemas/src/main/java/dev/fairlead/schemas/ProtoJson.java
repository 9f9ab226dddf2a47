package dev.fairlead.schemas;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a message holds, by the names and in the forms of Protobuf's mapping to JSON; numbers of 64 bits stay numbers. */
final class ProtoJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ProtoJson() {}

    static ObjectNode of(Message message) {
        ObjectNode node = NODES.objectNode();
        message.getAllFields().forEach((field, value) -> node.set(field.getJsonName(), of(field, value)));
        return node;
    }

    /** A field's value, as a whole. */
    static JsonNode of(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            ObjectNode node = NODES.objectNode();
            FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
            FieldDescriptor held = field.getMessageType().findFieldByNumber(2);
            for (Object each : (List<?>) value) {
                Message entry = (Message) each;
                node.set(single(key, entry.getField(key)).asString(), single(held, entry.getField(held)));
            }
            return node;
        }
        if (field.isRepeated()) {
            ArrayNode list = NODES.arrayNode();
            ((List<?>) value).forEach(each -> list.add(single(field, each)));
            return list;
        }
        return single(field, value);
    }

    private static JsonNode single(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case INT32, SINT32, SFIXED32 -> NODES.numberNode(BigInteger.valueOf((Integer) value));
            case UINT32, FIXED32 -> NODES.numberNode(BigInteger.valueOf(Integer.toUnsignedLong((Integer) value)));
            case INT64, SINT64, SFIXED64 -> NODES.numberNode(BigInteger.valueOf((Long) value));
            case UINT64, FIXED64 -> NODES.numberNode(new BigInteger(Long.toUnsignedString((Long) value)));
            case BOOL -> NODES.booleanNode((Boolean) value);
            case FLOAT, DOUBLE -> real(((Number) value).doubleValue());
            case STRING -> NODES.stringNode((String) value);
            case BYTES -> NODES.stringNode(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
            case ENUM -> symbol((EnumValueDescriptor) value);
            case MESSAGE, GROUP -> of((Message) value);
        };
    }

    private static JsonNode real(double value) {
        return Double.isFinite(value) ? NODES.numberNode(value) : NODES.stringNode(Double.toString(value));
    }

    /** The symbol; a number that has none stays a number. */
    private static JsonNode symbol(EnumValueDescriptor value) {
        boolean isKnown = value.getType().findValueByNumber(value.getNumber()) != null;
        return isKnown ? NODES.stringNode(value.getName()) : NODES.numberNode(BigInteger.valueOf(value.getNumber()));
    }
}
