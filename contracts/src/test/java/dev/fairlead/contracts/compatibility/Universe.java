package dev.fairlead.contracts.compatibility;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Makes documents that an owner may write, without knowing what they will be compared with. */
final class Universe {
    private static final List<String> TEXTS = List.of(
            "",
            "?",
            "a",
            "b",
            "AAAA",
            "1970-01-01",
            "1999-12-31",
            "1970-01-02",
            "2000-02-29",
            "2024-01-01",
            "PT0S",
            "PT1.5S",
            "PT2H",
            "1970-01-01T00:00:00Z",
            "2024-01-01T10:00:00.5Z",
            "00000000-0000-0000-0000-000000000000",
            "123e4567-e89b-12d3-a456-426614174000");
    private static final List<BigDecimal> NUMBERS = numbers();

    private final Random random;

    Universe(Random random) {
        this.random = random;
    }

    private static List<BigDecimal> numbers() {
        List<BigDecimal> numbers = new ArrayList<>(List.of(
                new BigDecimal("1.0"), new BigDecimal("0.5"), new BigDecimal("1E+300"), new BigDecimal("1E-300")));
        for (int digits = 1; digits <= 20; digits++) {
            BigDecimal power = BigDecimal.TEN.pow(digits);
            numbers.add(power.subtract(BigDecimal.ONE));
            numbers.add(power.negate());
            numbers.add(BigDecimal.ONE.movePointLeft(digits));
            numbers.add(power.subtract(BigDecimal.ONE).movePointLeft(digits / 2));
        }
        Stream.of(Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 0, (1L << 31))
                .map(each -> BigDecimal.valueOf(each.longValue()))
                .forEach(numbers::add);
        return numbers;
    }

    Document.Members record(Fields fields) {
        Map<String, Document> members = new LinkedHashMap<>();
        for (Field field : fields.list()) {
            if (!field.type().isOptional() || random.nextBoolean()) {
                members.put(field.name(), value(field.type()));
            }
        }
        return new Document.Members(members);
    }

    private Document value(FieldType type) {
        return switch (type) {
            case FieldType.Optional(FieldType required) ->
                random.nextInt(3) == 0 ? Document.Nothing.NULL : value(required);
            case FieldType.ListOf(FieldType element) ->
                new Document.Array(random.ints(random.nextInt(3), 0, 2)
                        .mapToObj(number -> value(element))
                        .toList());
            case FieldType.MapOf(FieldType value) -> {
                Map<String, Document> members = new LinkedHashMap<>();
                for (String name : List.of("f", "g", "h", "kind", "tag", "k")) {
                    if (random.nextInt(3) == 0) {
                        members.put(name, value(value));
                    }
                }
                yield new Document.Members(members);
            }
            case FieldType.RecordOf(Fields fields) -> record(fields);
            case FieldType.Union union -> {
                List<String> names = List.copyOf(union.variants().keySet());
                String name = names.get(random.nextInt(names.size()));
                yield record(union.variants().getOrDefault(name, Fields.NONE))
                        .with(union.discriminator(), new Document.Text(name));
            }
            default -> plain(type);
        };
    }

    private Document plain(FieldType type) {
        List<Document> fitting = Stream.of(
                        TEXTS.stream().map(Document.Text::new),
                        NUMBERS.stream().map(Document.Number::new),
                        Stream.of(new Document.Flag(true), new Document.Flag(false)))
                .flatMap(each -> each)
                .map(Document.class::cast)
                .filter(each -> Acceptance.accepts(View.PRODUCER, type, each))
                .toList();
        return fitting.get(random.nextInt(fitting.size()));
    }
}
