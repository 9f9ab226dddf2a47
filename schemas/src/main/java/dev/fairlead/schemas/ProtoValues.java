package dev.fairlead.schemas;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages and values that a Protobuf schema allows, chosen so that a difference of types shows: the ends of each type and what is special. */
final class ProtoValues {
    /** Required messages in required messages; beyond, the schema allows no message at all. */
    private static final int DEPTH = 20;

    private ProtoValues() {}

    /** The smallest message: only what is required; null when there is none, since it requires itself. */
    static DynamicMessage.@Nullable Builder smallest(Descriptor type) {
        return smallest(type, 0);
    }

    private static DynamicMessage.@Nullable Builder smallest(Descriptor type, int depth) {
        if (depth > DEPTH) {
            return null;
        }
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            if (field.isRequired()) {
                List<Object> values = single(field, depth + 1);
                if (values.isEmpty()) {
                    return null;
                }
                message.setField(field, values.getFirst());
            }
        }
        return message;
    }

    /** Values for a field as a whole: for one that is repeated, lists. */
    static List<Object> of(FieldDescriptor field) {
        List<Object> single = single(field, 0);
        if (!field.isRepeated()) {
            return single;
        }
        List<Object> lists = new ArrayList<>();
        single.forEach(value -> lists.add(List.of(value)));
        if (single.size() > 1) {
            lists.add(List.of(single.get(1), single.get(0)));
        } else if (single.size() == 1) {
            lists.add(List.of(single.get(0), single.get(0)));
        }
        return lists;
    }

    /** Values for one element of a field. */
    private static List<Object> single(FieldDescriptor field, int depth) {
        return switch (field.getType()) {
            case INT32, SINT32, SFIXED32, UINT32, FIXED32 -> List.of(7, -1, 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64, SINT64, SFIXED64, UINT64, FIXED64 ->
                List.of(7L, 1L << 40, -1L, 0L, Long.MIN_VALUE, Long.MAX_VALUE);
            case BOOL -> List.of(true, false);
            case FLOAT -> List.of(1.5f, 0f, -0f, Float.MAX_VALUE, Float.NaN);
            case DOUBLE -> List.of(1.5, 0d, 1e300, Double.NaN);
            case STRING -> List.of("a", "", "\u00e9");
            case BYTES -> List.of(ByteString.copyFrom(new byte[] {(byte) 0xff, 0}), ByteString.EMPTY);
            case ENUM -> List.copyOf(field.getEnumType().getValues());
            case MESSAGE, GROUP -> message(field, depth);
        };
    }

    private static List<Object> message(FieldDescriptor field, int depth) {
        DynamicMessage.Builder builder = smallest(field.getMessageType(), depth);
        if (builder == null) {
            return List.of();
        }
        if (!field.isMapField()) {
            return List.of(builder.buildPartial());
        }
        List<Object> entries = new ArrayList<>();
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        List<Object> values = single(value, depth + 1);
        for (Object each : single(key, depth)) {
            if (!values.isEmpty()) {
                Message entry = builder.clone()
                        .setField(key, each)
                        .setField(value, values.getFirst())
                        .build();
                entries.add(entry);
            }
        }
        return entries.stream().limit(2).toList();
    }
}
