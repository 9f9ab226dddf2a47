package dev.fairlead.schemas;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.jspecify.annotations.Nullable;

/** Makes values of an Avro schema on which a reader may stumble: each branch of a union, each symbol, each field in turn. */
final class AvroValues {
    private static final int DEEPEST = 6;
    private static final int MOST = 2_000;
    private static final int MOST_PER_PLACE = 64;

    private final Schema written;

    AvroValues(Schema written) {
        this.written = written;
    }

    List<Object> all() {
        return of(written, 0).stream().limit(MOST).toList();
    }

    private Set<Object> of(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> new LinkedHashSet<>(Collections.singletonList(null));
            case BOOLEAN -> Set.of(false);
            case INT -> Set.of(1);
            case LONG -> Set.of(1L);
            case FLOAT -> Set.of(0.5f);
            case DOUBLE -> Set.of(0.5);
            case STRING -> Set.of("a");
            case BYTES -> Set.of(ByteBuffer.wrap(new byte[] {1}));
            case FIXED -> Set.of(fixed(schema));
            case ENUM -> {
                Set<Object> symbols = new LinkedHashSet<>();
                schema.getEnumSymbols().forEach(symbol -> symbols.add(new GenericData.EnumSymbol(schema, symbol)));
                yield symbols;
            }
            case UNION -> {
                Set<Object> branches = new LinkedHashSet<>();
                schema.getTypes().forEach(branch -> branches.addAll(of(branch, depth + 1)));
                yield branches;
            }
            case ARRAY -> lists(schema, depth);
            case MAP -> maps(schema, depth);
            case RECORD -> records(schema, depth);
        };
    }

    private static GenericFixed fixed(Schema schema) {
        return new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
    }

    private Set<Object> lists(Schema schema, int depth) {
        Set<Object> lists = new LinkedHashSet<>(List.of(new ArrayList<>()));
        if (depth < DEEPEST) {
            for (Object element : of(schema.getElementType(), depth + 1)) {
                List<Object> list = new ArrayList<>();
                list.add(element);
                lists.add(list);
            }
        }
        return lists;
    }

    private Set<Object> maps(Schema schema, int depth) {
        Set<Object> maps = new LinkedHashSet<>(List.of(new LinkedHashMap<>()));
        if (depth < DEEPEST) {
            for (Object value : of(schema.getValueType(), depth + 1)) {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("k", value);
                maps.add(map);
            }
        }
        return maps;
    }

    private Set<Object> records(Schema schema, int depth) {
        Set<Object> records = new LinkedHashSet<>();
        if (depth > DEEPEST) {
            return records;
        }
        Map<Schema.Field, List<Object>> values = new LinkedHashMap<>();
        for (Schema.Field field : schema.getFields()) {
            List<Object> some = of(field.schema(), depth + 1).stream()
                    .limit(MOST_PER_PLACE)
                    .collect(Collectors.toCollection(ArrayList::new));
            if (some.isEmpty()) {
                return records;
            }
            values.put(field, some);
        }
        records.add(record(schema, values, null, null));
        values.forEach((field, some) -> some.forEach(value -> records.add(record(schema, values, field, value))));
        return records;
    }

    private static GenericData.Record record(
            Schema schema,
            Map<Schema.Field, List<Object>> values,
            Schema.@Nullable Field changed,
            @Nullable Object value) {
        GenericData.Record record = new GenericData.Record(schema);
        values.forEach((field, some) -> record.put(field.pos(), field == changed ? value : some.getFirst()));
        return record;
    }
}
