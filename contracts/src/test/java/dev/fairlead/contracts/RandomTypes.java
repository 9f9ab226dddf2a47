package dev.fairlead.contracts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes types of every sort from one seed. */
final class RandomTypes {
    private final Random random;

    RandomTypes(Random random) {
        this.random = random;
    }

    FieldType type(int depth) {
        FieldType required = required(depth);
        return random.nextInt(4) == 0 ? new FieldType.Optional(required) : required;
    }

    private FieldType required(int depth) {
        FieldType.Scalar[] scalars = FieldType.Scalar.values();
        return switch (random.nextInt(depth == 0 ? 3 : 7)) {
            case 0 -> scalars[random.nextInt(scalars.length)];
            case 1 -> new FieldType.Decimal(20 + random.nextInt(19), random.nextInt(20));
            case 2 -> new FieldType.Symbols(names(1 + random.nextInt(4)));
            case 3 -> new FieldType.ListOf(type(depth - 1));
            case 4 -> new FieldType.MapOf(type(depth - 1));
            case 5 -> new FieldType.RecordOf(fields(depth - 1));
            default -> union(depth - 1);
        };
    }

    private FieldType union(int depth) {
        Map<String, Fields> variants = new LinkedHashMap<>();
        names(1 + random.nextInt(3)).forEach(name -> variants.put(name, fields(depth)));
        return new FieldType.Union("discriminator", variants);
    }

    private Fields fields(int depth) {
        return new Fields(names(random.nextInt(4)).stream()
                .map(name -> Field.of(name, type(depth)))
                .toList());
    }

    private List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            names.add("n" + number + "_" + random.nextInt(100));
        }
        return names;
    }
}
