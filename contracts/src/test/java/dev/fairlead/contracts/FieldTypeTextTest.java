package dev.fairlead.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTypeTextTest {

    @ParameterizedTest
    @EnumSource
    void readsEveryTypeWithoutParameters(FieldType.Scalar scalar) {
        assertThat(read(scalar.text())).isEqualTo(scalar);
    }

    @Test
    void readsTypesWithParameters() {
        assertThat(read("decimal(12,2)")).isEqualTo(new FieldType.Decimal(12, 2));
        assertThat(read("enum(active, suspended)")).isEqualTo(new FieldType.Symbols(List.of("active", "suspended")));
        assertThat(read("list(map(int64))"))
                .isEqualTo(new FieldType.ListOf(new FieldType.MapOf(FieldType.Scalar.INT64)));
        assertThat(read("string?")).isEqualTo(new FieldType.Optional(FieldType.Scalar.STRING));
        assertThat(read("record(sku: string, quantity: int32?)"))
                .isEqualTo(new FieldType.RecordOf(Fields.of(
                        Field.of("sku", FieldType.Scalar.STRING),
                        Field.of("quantity", new FieldType.Optional(FieldType.Scalar.INT32)))));
        assertThat(read("record()")).isEqualTo(new FieldType.RecordOf(Fields.NONE));
    }

    @Test
    void readsAUnionWithItsDiscriminator() {
        FieldType type = read("union(kind, Card(number: string), Cash())");

        Map<String, Fields> variants = new LinkedHashMap<>();
        variants.put("Card", Fields.of(Field.of("number", FieldType.Scalar.STRING)));
        variants.put("Cash", Fields.NONE);
        assertThat(type).isEqualTo(new FieldType.Union("kind", variants));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    enum(a,b)                  | enum(a, b)
                    enum( a , b )?             | enum(a, b)?
                    decimal(12, 2)             | decimal(12,2)
                    list ( decimal(12,2)? ) ?  | list(decimal(12,2)?)?
                    record(a:string,b:bool)    | record(a: string, b: bool)
                    """)
    void writesTheCanonicalForm(String written, String canonical) {
        assertThat(read(written).text()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    strnig             | 0  | unknown type `strnig`
                    STRING             | 0  | unknown type `STRING`
                    ''                 | 0  | a type is missing
                    list(strnig)       | 5  | unknown type `strnig`
                    list()             | 5  | a type is missing
                    list               | 4  | expected `(` but the text ended
                    list(string        | 11 | expected `)` but the text ended
                    list(string, bool) | 11 | expected `)` but found `,`
                    string??           | 7  | the type ends here, but found `?`
                    string x           | 7  | the type ends here, but found `x`
                    decimal            | 7  | expected `(`
                    decimal(2)         | 9  | expected `,`
                    decimal(x,2)       | 8  | a number is missing
                    decimal(0,0)       | 0  | decimal(p,s) needs
                    decimal(39,2)      | 0  | decimal(p,s) needs
                    decimal(2,3)       | 0  | decimal(p,s) needs
                    decimal(99999,1)   | 8  | a number is missing
                    enum()             | 5  | a symbol is missing
                    enum(a,)           | 7  | a symbol is missing
                    enum(a, a)         | 8  | the symbol `a` is there twice
                    enum(-a)           | 5  | a symbol is missing
                    record(a: int32, a: bool) | 17 | the field `a` is there twice
                    record(1a: int32)  | 7  | a field name is missing
                    record(a int32)    | 9  | expected `:`
                    union(kind)        | 10 | expected `,`
                    union(kind, A(kind: bool)) | 12 | a field has the discriminator's name
                    union(kind, A(), A()) | 17 | a variant is missing
                    """)
    void reportsAFaultWithItsOffset(String written, int offset, String message) {
        TypeReading.Unreadable unreadable = unreadable(written);

        assertThat(unreadable.offset()).isEqualTo(offset);
        assertThat(unreadable.message()).startsWith(message);
    }

    @Test
    void refusesTypesThatNestTooDeep() {
        int deep = 10_000;
        assertThat(unreadable("list(".repeat(deep) + "bool" + ")".repeat(deep)).message())
                .isEqualTo("types nest deeper than 16 (split the record)");
        assertThat(read("list(".repeat(15) + "bool" + ")".repeat(15)).text()).startsWith("list(list(");
    }

    @Test
    void refusesAnEnumWithTooManySymbols() {
        assertThat(unreadable(symbols(501)).message()).isEqualTo("an enum has more than 500 symbols (use string)");
        assertThat(read(symbols(500))).isInstanceOf(FieldType.Symbols.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\ud800", "list(\ud83d\ude00)", "enum(ä)", "string\u00a0", "🙂"})
    void refusesOddCharactersWithoutFailing(String written) {
        assertThat(FieldTypeText.read(written)).isInstanceOf(TypeReading.Unreadable.class);
    }

    @Test
    void readsBackWhatItWrote() {
        for (long seed = 0; seed < 1_000; seed++) {
            FieldType type = new RandomTypes(new Random(seed)).type(4);
            assertThat(read(type.text())).as("seed %d: %s", seed, type.text()).isEqualTo(type);
        }
    }

    private static String symbols(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "s" + number)
                .collect(Collectors.joining(",", "enum(", ")"));
    }

    private static FieldType read(String text) {
        return switch (FieldTypeText.read(text)) {
            case TypeReading.Read(FieldType type) -> type;
            case TypeReading.Unreadable(int offset, String message) ->
                throw new AssertionError(text + " at " + offset + ": " + message);
        };
    }

    private static TypeReading.Unreadable unreadable(String text) {
        TypeReading reading = FieldTypeText.read(text);
        assertThat(reading).isInstanceOf(TypeReading.Unreadable.class);
        return (TypeReading.Unreadable) reading;
    }
}
