package dev.fairlead.engine.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.codecs.json.JsonCodecProvider;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.contracts.Fields;
import dev.fairlead.spi.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentFormTest {
    private static final ValueCodec<Map<String, @Nullable Object>> JSON = new JsonCodecProvider().fields();

    private static final FieldType ADDRESS = new FieldType.RecordOf(
            Fields.of(Field.of("street", Scalar.STRING), Field.of("floor", new FieldType.Optional(Scalar.INT32))));

    private static final Map<String, FieldType> TYPES = Map.ofEntries(
            Map.entry("string", Scalar.STRING),
            Map.entry("bool", Scalar.BOOL),
            Map.entry("int32", Scalar.INT32),
            Map.entry("int64", Scalar.INT64),
            Map.entry("float64", Scalar.FLOAT64),
            Map.entry("instant", Scalar.INSTANT),
            Map.entry("date", Scalar.DATE),
            Map.entry("duration", Scalar.DURATION),
            Map.entry("uuid", Scalar.UUID),
            Map.entry("bytes", Scalar.BYTES),
            Map.entry("decimal", new FieldType.Decimal(4, 2)),
            Map.entry("symbols", new FieldType.Symbols(List.of("EUR", "USD"))),
            Map.entry("list", new FieldType.ListOf(Scalar.INT32)),
            Map.entry("map", new FieldType.MapOf(Scalar.BOOL)),
            Map.entry("record", ADDRESS),
            Map.entry("optional", new FieldType.Optional(Scalar.INT32)),
            Map.entry(
                    "union",
                    new FieldType.Union(
                            "kind",
                            Map.of("Card", Fields.of(Field.of("number", Scalar.STRING)), "Cash", Fields.NONE))));

    private static String written(String type, String value) {
        DocumentForm form =
                new DocumentForm("a value", Fields.of(Field.of("f", Objects.requireNonNull(TYPES.get(type)))));
        byte[] document = ("{\"f\":" + value + "}").getBytes(StandardCharsets.UTF_8);
        return new String(JSON.encode(form.checked(JSON.decode(document))), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "string | \"ä😀\"",
                "bool | true",
                "int32 | -2147483648",
                "int64 | 9223372036854775807",
                "float64 | 0.1",
                "float64 | 1.0E300",
                "instant | \"2026-11-26T22:00:00.123Z\"",
                "date | \"2026-02-28\"",
                "duration | \"PT1H30M\"",
                "uuid | \"123e4567-e89b-12d3-a456-426614174000\"",
                "bytes | \"AQI=\"",
                "decimal | 99.99",
                "decimal | -1",
                "symbols | \"EUR\"",
                "list | [1,2]",
                "map | {\"a\":true}",
                "record | {\"street\":\"x\",\"floor\":2}",
                "record | {\"street\":\"x\"}",
                "optional | 3",
                "union | {\"kind\":\"Card\",\"number\":\"1\"}",
                "union | {\"kind\":\"Cash\"}"
            })
    void whatFitsIsWrittenAsItCame(String type, String value) {
        assertThat(written(type, value)).isEqualTo("{\"f\":" + value + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "string | 1 | f: a number",
                "string | null | f: missing",
                "string | \"\\udc00\" | f: text",
                "bool | 0 | f: a number",
                "int32 | 2147483648 | f: a number",
                "int32 | 1.0 | f: a number",
                "int32 | \"1\" | f: text",
                "int64 | 9223372036854775808 | f: a number",
                "float64 | 1e400 | f: a number",
                "instant | \"2026-11-26\" | f: text",
                "date | \"2026-02-30\" | f: text",
                "duration | \"1h\" | f: text",
                "uuid | \"1-1-1-1-1\" | f: text",
                "bytes | \"?\" | f: text",
                "decimal | 100 | f: a number",
                "decimal | 1.001 | f: a number",
                "decimal | 1e999999999 | f: a number",
                "decimal | 1e-999999999 | f: a number",
                "decimal | 0e999999999 | f: a number",
                "symbols | \"GBP\" | f: text",
                "list | {} | f: an object",
                "list | [1,null] | f[1]: null",
                "map | [] | f: an array",
                "map | {\"a\":1} | f[a]: a number",
                "record | {\"street\":\"x\",\"more\":1} | f: there is no field more",
                "record | {\"floor\":1} | f.street: missing",
                "optional | \"x\" | f: text",
                "union | {\"kind\":\"Gold\"} | f.kind: Gold",
                "union | {\"kind\":\"Cash\",\"number\":\"1\"} | f: there is no field number",
                "union | {} | f.kind: null"
            })
    void whatDoesNotFitIsRefusedWithItsPlace(String type, String value, String fault) {
        assertThatThrownBy(() -> written(type, value))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BAD_VALUE))
                .hasMessageStartingWith("a value does not fit the plan: " + fault);
    }

    @Test
    void anOptionalFieldMayBeNullOrMissing() {
        assertThat(written("optional", "null")).isEqualTo("{}");
    }

    @Test
    void faultsAreToldWithoutValuesAndNotWithoutEnd() {
        DocumentForm form =
                new DocumentForm("a value", Fields.of(Field.of("list", new FieldType.ListOf(Scalar.INT32))));
        byte[] document =
                ("{\"list\":[" + "\"secret\",".repeat(1000) + "1],\"a\\nb\":1}").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> form.checked(JSON.decode(document)))
                .message()
                .doesNotContain("secret", "\n")
                .satisfies(message -> assertThat(message.split(";")).hasSize(20));
    }
}
