package dev.fairlead.contracts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the text form of a type: {@code string}, {@code enum(active, suspended)}, {@code list(decimal(12,2)?)},
 * {@code map(int64)}, {@code record(sku: string, quantity: int32)}, {@code union(kind, Card(number: string), Cash())}.
 *
 * <p>Spaces may stand between the parts. The first fault is reported with its offset; hostile texts are cut off at the limits
 * of {@link FieldType}.
 */
public final class FieldTypeText {

    /** What may stand where a type is expected, as it stands in messages. */
    public static final String KNOWN =
            "string, bool, int32, int64, decimal(p,s), float64, instant, date, duration, uuid,"
                    + " bytes, enum(…), list(t), map(t), record(…) or union(…)";

    private final TypeCursor cursor;

    private FieldTypeText(String text) {
        this.cursor = new TypeCursor(text);
    }

    /** Reads one type, which must be the whole text. */
    public static TypeReading read(String text) {
        try {
            FieldTypeText reader = new FieldTypeText(text);
            FieldType type = reader.type(1);
            reader.cursor.end();
            return new TypeReading.Read(type);
        } catch (TypeCursor.Fault fault) {
            return new TypeReading.Unreadable(fault.offset(), fault.text());
        }
    }

    private FieldType type(int depth) {
        int start = cursor.offset();
        if (depth > FieldType.MAX_DEPTH) {
            throw cursor.fault(start, "types nest deeper than 16 (split the record)");
        }
        FieldType required = required(cursor.word(), start, depth);
        return cursor.take('?') ? new FieldType.Optional(required) : required;
    }

    private FieldType required(String word, int start, int depth) {
        for (FieldType.Scalar scalar : FieldType.Scalar.values()) {
            if (scalar.text().equals(word)) {
                return scalar;
            }
        }
        return switch (word) {
            case "decimal" -> decimal(start);
            case "enum" -> symbols();
            case "list" -> new FieldType.ListOf(enclosed(depth));
            case "map" -> new FieldType.MapOf(enclosed(depth));
            case "record" -> record(depth);
            case "union" -> union(depth);
            case "" -> throw cursor.fault(start, "a type is missing (use " + KNOWN + ")");
            default -> throw cursor.fault(start, "unknown type `" + word + "` (use " + KNOWN + ")");
        };
    }

    private FieldType enclosed(int depth) {
        cursor.expect('(');
        FieldType type = type(depth + 1);
        cursor.expect(')');
        return type;
    }

    private FieldType decimal(int start) {
        cursor.expect('(');
        int precision = cursor.number();
        cursor.expect(',');
        int scale = cursor.number();
        cursor.expect(')');
        if (precision < 1 || precision > FieldType.MAX_PRECISION || scale > precision) {
            throw cursor.fault(
                    start, "decimal(p,s) needs 1 to 38 digits, s of them after the point (write decimal(12,2))");
        }
        return new FieldType.Decimal(precision, scale);
    }

    private FieldType symbols() {
        List<String> symbols = new ArrayList<>();
        cursor.expect('(');
        do {
            int start = cursor.offset();
            String symbol = cursor.word();
            if (!Names.isSymbol(symbol)) {
                throw cursor.fault(start, "a symbol is missing or misspelt (use " + Names.SYMBOL_RULE + ")");
            }
            if (symbols.contains(symbol)) {
                throw cursor.fault(start, "the symbol `" + symbol + "` is there twice (remove one)");
            }
            if (symbols.size() == FieldType.MAX_SYMBOLS) {
                throw cursor.fault(start, "an enum has more than 500 symbols (use string)");
            }
            symbols.add(symbol);
        } while (cursor.take(','));
        cursor.expect(')');
        return new FieldType.Symbols(symbols);
    }

    private FieldType record(int depth) {
        cursor.expect('(');
        return new FieldType.RecordOf(fields(depth));
    }

    private Fields fields(int depth) {
        List<Field> fields = new ArrayList<>();
        while (!cursor.take(')')) {
            if (!fields.isEmpty()) {
                cursor.expect(',');
            }
            int start = cursor.offset();
            String name = fieldName();
            if (fields.stream().anyMatch(field -> field.name().equals(name))) {
                throw cursor.fault(start, "the field `" + name + "` is there twice (remove one)");
            }
            if (fields.size() == FieldType.MAX_FIELDS) {
                throw cursor.fault(start, "a record has more than " + FieldType.MAX_FIELDS + " fields (split it)");
            }
            cursor.expect(':');
            fields.add(Field.of(name, type(depth + 1)));
        }
        return new Fields(fields);
    }

    private FieldType union(int depth) {
        cursor.expect('(');
        String discriminator = fieldName();
        Map<String, Fields> variants = new LinkedHashMap<>();
        cursor.expect(',');
        do {
            int start = cursor.offset();
            String name = cursor.word();
            if (!Names.isSymbol(name) || variants.containsKey(name) || variants.size() == FieldType.MAX_FIELDS) {
                throw cursor.fault(start, "a variant is missing, misspelt or there twice (write Name(field: type))");
            }
            cursor.expect('(');
            Fields fields = fields(depth);
            if (fields.field(discriminator).isPresent()) {
                throw cursor.fault(start, "a field has the discriminator's name `" + discriminator + "` (rename it)");
            }
            variants.put(name, fields);
        } while (cursor.take(','));
        cursor.expect(')');
        return new FieldType.Union(discriminator, variants);
    }

    private String fieldName() {
        int start = cursor.offset();
        String name = cursor.word();
        if (!Names.isField(name)) {
            throw cursor.fault(start, "a field name is missing or misspelt (use " + Names.FIELD_RULE + ")");
        }
        return name;
    }
}
