package dev.fairlead.schemas;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ReservedElement;
import com.squareup.wire.schema.internal.parser.TypeElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kotlin.ranges.IntRange;

/** What Wire parses and leaves out when it encodes a file: names for JSON, and what is reserved. */
final class ProtoDetails {
    private final Map<String, TypeElement> types;

    private ProtoDetails(List<TypeElement> types) {
        this.types = new HashMap<>();
        types.forEach(type -> this.types.put(type.getName(), type));
    }

    static ProtoDetails of(ProtoFileElement file) {
        return new ProtoDetails(file.getTypes());
    }

    FileDescriptorProto added(FileDescriptorProto file) {
        FileDescriptorProto.Builder whole = file.toBuilder();
        whole.getMessageTypeBuilderList().forEach(this::add);
        whole.getEnumTypeBuilderList().forEach(this::add);
        return whole.build();
    }

    private void add(DescriptorProto.Builder message) {
        if (types.get(message.getName()) instanceof MessageElement element) {
            Map<String, String> names = jsonNames(element);
            for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
                String name = names.get(field.getName());
                if (name != null) {
                    field.setJsonName(name);
                }
            }
            reserved(element.getReserveds())
                    .forEach(range -> message.addReservedRange(DescriptorProto.ReservedRange.newBuilder()
                            .setStart(range.getFirst())
                            .setEnd(range.getLast() + 1)));
            message.addAllReservedName(reservedNames(element.getReserveds()));
            ProtoDetails inside = new ProtoDetails(element.getNestedTypes());
            message.getNestedTypeBuilderList().forEach(inside::add);
            message.getEnumTypeBuilderList().forEach(inside::add);
        }
    }

    private void add(EnumDescriptorProto.Builder symbols) {
        if (types.get(symbols.getName()) instanceof EnumElement element) {
            reserved(element.getReserveds())
                    .forEach(range -> symbols.addReservedRange(EnumDescriptorProto.EnumReservedRange.newBuilder()
                            .setStart(range.getFirst())
                            .setEnd(range.getLast())));
            symbols.addAllReservedName(reservedNames(element.getReserveds()));
        }
    }

    private static Map<String, String> jsonNames(MessageElement message) {
        List<FieldElement> fields = new ArrayList<>(message.getFields());
        message.getOneOfs().stream().map(OneOfElement::getFields).forEach(fields::addAll);
        Map<String, String> names = new HashMap<>();
        for (FieldElement field : fields) {
            String name = field.getJsonName();
            if (name != null) {
                names.put(field.getName(), name);
            }
        }
        return names;
    }

    private static List<IntRange> reserved(List<ReservedElement> reserved) {
        List<IntRange> ranges = new ArrayList<>();
        for (ReservedElement each : reserved) {
            for (Object value : each.getValues()) {
                if (value instanceof Integer number) {
                    ranges.add(new IntRange(number, number));
                } else if (value instanceof IntRange range) {
                    ranges.add(range);
                }
            }
        }
        return ranges;
    }

    private static List<String> reservedNames(List<ReservedElement> reserved) {
        return reserved.stream()
                .flatMap(each -> each.getValues().stream())
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }
}
