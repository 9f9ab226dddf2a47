package dev.fairlead.contracts.compatibility;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes pairs of records of which the second is often, but not always, a small change of the first. */
final class TypePairs {
    private static final List<String> SYMBOLS = List.of("a", "b", "1970-01-01", "PT0S");

    private final Random random;

    TypePairs(Random random) {
        this.random = random;
    }

    Fields fields(int depth) {
        List<Field> fields = new ArrayList<>();
        for (String name : List.of("f", "g", "kind")) {
            if (random.nextInt(3) > 0) {
                fields.add(Field.of(name, type(depth)));
            }
        }
        return new Fields(fields);
    }

    /** These fields with one or more of them changed, taken away or added. */
    Fields changed(Fields fields, int depth) {
        if (random.nextInt(8) == 0) {
            return fields(depth);
        }
        List<Field> changed = new ArrayList<>();
        for (Field field : fields.list()) {
            if (random.nextInt(6) > 0) {
                changed.add(Field.of(field.name(), changed(field.type(), depth)));
            }
        }
        if (fields.field("h").isEmpty() && random.nextInt(4) == 0) {
            changed.add(Field.of("h", type(depth)));
        }
        return new Fields(changed);
    }

    private FieldType changed(FieldType type, int depth) {
        if (random.nextInt(3) == 0) {
            return type;
        }
        return switch (type) {
            case FieldType.Optional(FieldType required) ->
                random.nextInt(3) == 0
                        ? required
                        : new FieldType.Optional(changed(required, depth).required());
            case FieldType.ListOf(FieldType element) -> new FieldType.ListOf(changed(element, depth));
            case FieldType.MapOf(FieldType value) -> new FieldType.MapOf(changed(value, depth));
            case FieldType.RecordOf(Fields fields) -> new FieldType.RecordOf(changed(fields, depth - 1));
            case FieldType.Union union -> changed(union, depth);
            default -> random.nextInt(4) == 0 ? new FieldType.Optional(type) : type(depth);
        };
    }

    private FieldType changed(FieldType.Union union, int depth) {
        Map<String, Fields> variants = new LinkedHashMap<>();
        union.variants().forEach((name, fields) -> {
            if (variants.isEmpty() || random.nextInt(4) > 0) {
                variants.put(name, without(union.discriminator(), changed(fields, depth - 1)));
            }
        });
        if (random.nextInt(3) == 0) {
            variants.putIfAbsent("b", Fields.NONE);
        }
        return new FieldType.Union(union.discriminator(), variants);
    }

    FieldType type(int depth) {
        FieldType required = required(depth);
        return random.nextInt(4) == 0 ? new FieldType.Optional(required) : required;
    }

    private FieldType required(int depth) {
        FieldType.Scalar[] scalars = FieldType.Scalar.values();
        return switch (random.nextInt(depth <= 0 ? 4 : 8)) {
            case 0, 1 -> scalars[random.nextInt(scalars.length)];
            case 2 -> {
                int precision = 1 + random.nextInt(20);
                yield new FieldType.Decimal(precision, random.nextInt(3) == 0 ? 0 : random.nextInt(precision + 1));
            }
            case 3 -> symbols();
            case 4 -> new FieldType.ListOf(type(depth - 1));
            case 5 -> new FieldType.MapOf(type(depth - 1));
            case 6 -> new FieldType.RecordOf(fields(depth - 1));
            default -> {
                Map<String, Fields> variants = new LinkedHashMap<>();
                String discriminator = random.nextInt(4) == 0 ? "tag" : "kind";
                for (String symbol : symbols().symbols()) {
                    variants.put(symbol, without(discriminator, fields(depth - 1)));
                }
                yield new FieldType.Union(discriminator, variants);
            }
        };
    }

    private static Fields without(String name, Fields fields) {
        return new Fields(fields.list().stream()
                .filter(field -> !field.name().equals(name))
                .toList());
    }

    private FieldType.Symbols symbols() {
        int from = random.nextInt(SYMBOLS.size());
        return new FieldType.Symbols(SYMBOLS.subList(from, from + 1 + random.nextInt(SYMBOLS.size() - from)));
    }
}
