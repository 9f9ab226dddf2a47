package dev.fairlead.contracts.compatibility;

import dev.fairlead.contracts.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * The values of a type without parts that decide whether another type can read all of its values: if that one accepts these, it
 * accepts every other.
 *
 * <p>They are the ends of each range, the finest fraction, each symbol, and for what is written as text one value that no other
 * way of writing text allows. An infinite type is not inside an enum, so one value more than the enum has symbols is given.
 */
final class CriticalValues {
    private CriticalValues() {}

    static List<Document> of(FieldType produced, FieldType read) {
        return switch (produced) {
            case FieldType.Symbols symbols ->
                symbols.symbols().stream()
                        .map(symbol -> (Document) new Document.Text(symbol))
                        .toList();
            case FieldType.Decimal decimal -> decimal(decimal);
            case FieldType.Scalar scalar ->
                switch (scalar) {
                    case BOOL -> List.of(new Document.Flag(true), new Document.Flag(false));
                    case INT32 -> numbers(BigDecimal.valueOf(Integer.MAX_VALUE), BigDecimal.valueOf(Integer.MIN_VALUE));
                    case INT64 -> numbers(BigDecimal.valueOf(Long.MAX_VALUE), BigDecimal.valueOf(Long.MIN_VALUE));
                    case FLOAT64 -> numbers(new BigDecimal("0.5"), new BigDecimal("1E+300"), new BigDecimal("-1E-300"));
                    case STRING -> texts("", "?");
                    case BYTES -> texts("");
                    case INSTANT -> texts("1970-01-01T00:00:00Z");
                    case DURATION -> texts("PT0.5S");
                    case DATE ->
                        many(read, number -> LocalDate.ofEpochDay(number).toString());
                    case UUID -> many(read, number -> new UUID(0, number).toString());
                };
            default -> throw new IllegalArgumentException("a type with parts: " + produced.text());
        };
    }

    private static List<Document> decimal(FieldType.Decimal decimal) {
        int before = decimal.precision() - decimal.scale();
        List<BigDecimal> numbers = new ArrayList<>();
        numbers.add(BigDecimal.ZERO);
        if (decimal.scale() > 0) {
            numbers.add(new BigDecimal(BigInteger.ONE, decimal.scale()));
        }
        if (before > 0) {
            BigDecimal nines = BigDecimal.TEN.pow(before).subtract(BigDecimal.ONE);
            numbers.add(nines);
            numbers.add(nines.negate());
        }
        return numbers(numbers.toArray(BigDecimal[]::new));
    }

    private static List<Document> many(FieldType read, LongFunction<String> text) {
        int count =
                read instanceof FieldType.Symbols symbols ? symbols.symbols().size() + 1 : 1;
        return Stream.iterate(0L, number -> number + 1)
                .limit(count)
                .map(text::apply)
                .map(each -> (Document) new Document.Text(each))
                .toList();
    }

    private static List<Document> numbers(BigDecimal... numbers) {
        return Stream.of(numbers)
                .map(each -> (Document) new Document.Number(each))
                .toList();
    }

    private static List<Document> texts(String... texts) {
        return Stream.of(texts).map(each -> (Document) new Document.Text(each)).toList();
    }
}
