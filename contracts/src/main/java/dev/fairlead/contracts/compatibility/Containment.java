package dev.fairlead.contracts.compatibility;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether every document that an owner may write can be read by a reader.
 *
 * <p>Exact: no difference means that there is no such document, and each difference carries one. It follows the structure of the
 * two types side by side; types without parts are decided by their {@link CriticalValues}, and since every type has a value, a
 * difference deep inside can always be completed to a whole document.
 */
public final class Containment {
    private static final String NOTHING = "nothing";
    private static final BigDecimal PAST_FLOAT = BigDecimal.valueOf((1L << 53) + 1);
    private static final int EXACT_DIGITS = 15;

    private final List<Difference> differences = new ArrayList<>();

    private Containment() {}

    /** All ways in which a reader of {@code read} cannot read what an owner of {@code produced} may write. */
    public static List<Difference> differences(Fields produced, Fields read) {
        Containment containment = new Containment();
        containment.fields(new Shape(produced, null), read, new Spot("", whole -> (Document.Members) whole));
        return List.copyOf(containment.differences);
    }

    /** A place in a document: its path, and how a value there is completed to a whole document. */
    private record Spot(String path, Function<Document, Document.Members> whole) {
        Spot in(String name, UnaryOperator<Document> around) {
            boolean isBracket = name.startsWith("[") || name.startsWith("{");
            String inner = path.isEmpty() || isBracket ? path + name : path + "." + name;
            return new Spot(inner, value -> whole.apply(around.apply(value)));
        }
    }

    /** An object that an owner may write: its fields and, for a variant of a union, the discriminator with its only value. */
    private record Shape(Fields fields, Map.@Nullable Entry<String, String> tag) {
        Document.Members sample() {
            return tag == null ? Samples.of(fields) : Samples.variant(tag.getKey(), tag.getValue(), fields);
        }

        @Nullable
        FieldType type(String name) {
            if (tag != null && tag.getKey().equals(name)) {
                return new FieldType.Symbols(List.of(tag.getValue()));
            }
            return fields.field(name).map(Field::type).orElse(null);
        }
    }

    private void fields(Shape produced, Fields read, Spot spot) {
        for (Field wanted : read.list()) {
            FieldType given = produced.type(wanted.name());
            Spot inner = spot.in(wanted.name(), value -> produced.sample().with(wanted.name(), value));
            if (given != null) {
                member(given, wanted.type(), inner, spot.whole().apply(produced.sample()));
            } else if (!wanted.type().isOptional()) {
                add(
                        Difference.Kind.MISSING,
                        inner.path(),
                        NOTHING,
                        wanted.type(),
                        spot.whole().apply(produced.sample()));
            }
        }
    }

    private void member(FieldType produced, FieldType read, Spot spot, Document.Members without) {
        if (produced.isOptional() && !read.isOptional()) {
            add(Difference.Kind.OPTIONAL, spot.path(), produced.text(), read, without);
        }
        value(produced.required(), read.required(), spot);
    }

    private void element(FieldType produced, FieldType read, Spot spot) {
        member(produced, read, spot, spot.whole().apply(Document.Nothing.NULL));
    }

    private void value(FieldType produced, FieldType read, Spot spot) {
        switch (produced) {
            case FieldType.ListOf(FieldType element) -> {
                if (read instanceof FieldType.ListOf(FieldType wanted)) {
                    element(element, wanted, spot.in("[]", value -> new Document.Array(List.of(value))));
                } else {
                    type(produced, read, spot);
                }
            }
            case FieldType.MapOf(FieldType value) -> map(value, read, spot);
            case FieldType.RecordOf(Fields fields) -> object(produced, new Shape(fields, null), read, spot);
            case FieldType.Union union -> union(union, read, spot);
            default -> plain(produced, read, spot);
        }
    }

    private void union(FieldType.Union produced, FieldType read, Spot spot) {
        if (read instanceof FieldType.Union wanted && wanted.discriminator().equals(produced.discriminator())) {
            List<String> unknown = produced.variants().keySet().stream()
                    .filter(name -> !wanted.variants().containsKey(name))
                    .toList();
            if (!unknown.isEmpty()) {
                String first = unknown.getFirst();
                Document witness = Samples.variant(
                        produced.discriminator(),
                        first,
                        Objects.requireNonNull(produced.variants().get(first)));
                add(Difference.Kind.SYMBOL, spot, String.join(", ", unknown), read, witness);
            }
            produced.variants().forEach((name, fields) -> {
                Fields known = wanted.variants().get(name);
                if (known != null) {
                    fields(
                            new Shape(fields, Map.entry(produced.discriminator(), name)),
                            known,
                            spot.in(name, UnaryOperator.identity()));
                }
            });
            return;
        }
        int before = differences.size();
        for (Map.Entry<String, Fields> variant : produced.variants().entrySet()) {
            if (differences.size() == before) {
                Shape shape = new Shape(variant.getValue(), Map.entry(produced.discriminator(), variant.getKey()));
                object(produced, shape, read, spot);
            }
        }
    }

    private void object(FieldType produced, Shape shape, FieldType read, Spot spot) {
        switch (read) {
            case FieldType.RecordOf(Fields wanted) -> fields(shape, wanted, spot);
            case FieldType.MapOf(FieldType wanted) -> intoMap(shape, wanted, spot);
            case FieldType.Union wanted -> intoUnion(produced, shape, wanted, spot);
            default -> add(Difference.Kind.TYPE, spot, produced.text(), read, shape.sample());
        }
    }

    private void intoMap(Shape shape, FieldType wanted, Spot spot) {
        List<String> names = new ArrayList<>(shape.fields().names());
        if (shape.tag() != null) {
            names.add(shape.tag().getKey());
        }
        for (String name : names) {
            FieldType type = shape.type(name);
            if (type != null) {
                element(type, wanted, spot.in(name, value -> shape.sample().with(name, value)));
            }
        }
    }

    /** An object is a variant only if its discriminator says so; an enum there may say each of its symbols. */
    private void intoUnion(FieldType produced, Shape shape, FieldType.Union wanted, Spot spot) {
        FieldType tag = shape.type(wanted.discriminator());
        if (!(tag instanceof FieldType.Symbols symbols)) {
            Document.Members sample = shape.sample();
            Document witness = tag == null || tag.isOptional()
                    ? sample
                    : sample.with(wanted.discriminator(), unlike(tag.required(), wanted));
            add(Difference.Kind.TYPE, spot, produced.text(), wanted, witness);
            return;
        }
        for (String symbol : symbols.symbols()) {
            UnaryOperator<Document> tagged =
                    whole -> ((Document.Members) whole).with(wanted.discriminator(), new Document.Text(symbol));
            Fields variant = wanted.variants().get(symbol);
            if (variant == null) {
                add(Difference.Kind.TYPE, spot, produced.text(), wanted, tagged.apply(shape.sample()));
                return;
            }
            fields(shape, variant, new Spot(spot.path(), whole -> spot.whole().apply(tagged.apply(whole))));
        }
    }

    private static Document unlike(FieldType tag, FieldType.Union wanted) {
        if (tag instanceof FieldType.Scalar) {
            FieldType names =
                    new FieldType.Symbols(List.copyOf(wanted.variants().keySet()));
            return CriticalValues.of(tag, names).stream()
                    .filter(value -> !Acceptance.accepts(View.READER, names, value))
                    .findFirst()
                    .orElseThrow();
        }
        return Samples.of(tag);
    }

    private void map(FieldType value, FieldType read, Spot spot) {
        switch (read) {
            case FieldType.MapOf(FieldType wanted) ->
                element(value, wanted, spot.in("{}", each -> new Document.Members(Map.of("k", each))));
            case FieldType.RecordOf(Fields wanted) -> {
                if (wanted.list().stream().allMatch(field -> field.type().isOptional())) {
                    wanted.list()
                            .forEach(field -> element(
                                    value,
                                    field.type(),
                                    spot.in(field.name(), each -> new Document.Members(Map.of(field.name(), each)))));
                } else {
                    type(new FieldType.MapOf(value), read, spot);
                }
            }
            default -> type(new FieldType.MapOf(value), read, spot);
        }
    }

    private void plain(FieldType produced, FieldType read, Spot spot) {
        List<Document> refused = CriticalValues.of(produced, read).stream()
                .filter(value -> !Acceptance.accepts(View.READER, read, value))
                .toList();
        if (refused.isEmpty()) {
            meaning(produced, read, spot);
        } else if (produced instanceof FieldType.Symbols && read instanceof FieldType.Symbols) {
            String unknown = refused.stream()
                    .map(value -> ((Document.Text) value).value())
                    .collect(Collectors.joining(", "));
            add(Difference.Kind.SYMBOL, spot, unknown, read, refused.getFirst());
        } else {
            add(Difference.Kind.TYPE, spot, produced.text(), read, refused.getFirst());
        }
    }

    private void meaning(FieldType produced, FieldType read, Spot spot) {
        if (read == FieldType.Scalar.FLOAT64 && produced == FieldType.Scalar.INT64) {
            add(Difference.Kind.MEANING, spot, produced.text(), read, new Document.Number(PAST_FLOAT));
        } else if (read == FieldType.Scalar.FLOAT64
                && produced instanceof FieldType.Decimal decimal
                && decimal.precision() > EXACT_DIGITS) {
            BigDecimal digits = BigDecimal.TEN
                    .pow(decimal.precision())
                    .subtract(BigDecimal.ONE)
                    .scaleByPowerOfTen(-decimal.scale());
            add(Difference.Kind.MEANING, spot, produced.text(), read, new Document.Number(digits));
        } else if (read == FieldType.Scalar.STRING && produced == FieldType.Scalar.BYTES) {
            add(Difference.Kind.MEANING, spot, produced.text(), read, new Document.Text("AAEC"));
        }
    }

    private void type(FieldType produced, FieldType read, Spot spot) {
        add(Difference.Kind.TYPE, spot, produced.text(), read, Samples.of(produced));
    }

    private void add(Difference.Kind kind, Spot spot, String produced, FieldType read, Document inner) {
        add(kind, spot.path(), produced, read, spot.whole().apply(inner));
    }

    private void add(Difference.Kind kind, String path, String produced, FieldType read, Document.Members witness) {
        differences.add(new Difference(kind, path, produced, read.text(), witness));
    }
}
