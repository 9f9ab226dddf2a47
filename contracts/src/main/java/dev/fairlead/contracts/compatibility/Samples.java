package dev.fairlead.contracts.compatibility;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One small document of each type, as an owner may write it. */
public final class Samples {
    private Samples() {}

    /** A record with what must be there and nothing else. */
    public static Document.Members of(Fields fields) {
        Map<String, Document> members = new LinkedHashMap<>();
        for (Field field : fields.list()) {
            if (!field.type().isOptional()) {
                members.put(field.name(), of(field.type()));
            }
        }
        return new Document.Members(members);
    }

    /** A value of a type. */
    public static Document of(FieldType type) {
        return switch (type) {
            case FieldType.Optional(FieldType required) -> of(required);
            case FieldType.Scalar scalar -> scalar(scalar);
            case FieldType.Decimal decimal -> new Document.Number(BigDecimal.ZERO.setScale(decimal.scale()));
            case FieldType.Symbols symbols ->
                new Document.Text(symbols.symbols().getFirst());
            case FieldType.ListOf list -> new Document.Array(List.of());
            case FieldType.MapOf map -> new Document.Members(Map.of());
            case FieldType.RecordOf(Fields fields) -> of(fields);
            case FieldType.Union union -> {
                Map.Entry<String, Fields> first =
                        union.variants().entrySet().iterator().next();
                yield variant(union.discriminator(), first.getKey(), first.getValue());
            }
        };
    }

    /** A variant of a union, its discriminator first. */
    static Document.Members variant(String discriminator, String name, Fields fields) {
        Map<String, Document> members = new LinkedHashMap<>();
        members.put(discriminator, new Document.Text(name));
        members.putAll(of(fields).values());
        return new Document.Members(members);
    }

    private static Document scalar(FieldType.Scalar scalar) {
        return switch (scalar) {
            case STRING, BYTES -> new Document.Text("");
            case BOOL -> new Document.Flag(false);
            case INT32, INT64 -> new Document.Number(0);
            case FLOAT64 -> new Document.Number(new BigDecimal("0.5"));
            case INSTANT -> new Document.Text("1970-01-01T00:00:00Z");
            case DATE -> new Document.Text("1970-01-01");
            case DURATION -> new Document.Text("PT0.5S");
            case UUID -> new Document.Text("00000000-0000-0000-0000-000000000000");
        };
    }
}
