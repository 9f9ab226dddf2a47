package dev.fairlead.codecs.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.ValueCodec;
import dev.fairlead.spi.ValueDecoder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
    enum Status {
        active,
        suspended
    }

    record Line(String sku, int quantity) {}

    record Everything(
            String text,
            boolean flag,
            int small,
            long large,
            double real,
            BigDecimal amount,
            Instant at,
            LocalDate day,
            Duration time,
            UUID id,
            byte[] bytes,
            Status status,
            List<Line> lines,
            Map<String, Long> counts,
            @Nullable String note) {}

    record Small(String name, int count) {}

    private final JsonCodecProvider provider = new JsonCodecProvider();
    private final ValueCodec<Small> small = provider.codec(Small.class);

    @Test
    void everyFieldTypeComesBackAsItWas() {
        ValueCodec<Everything> codec = provider.codec(Everything.class);
        Everything value = new Everything(
                "naïve \u0000 \uD83D\uDEA2",
                true,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                0.1,
                new BigDecimal("12.50"),
                Instant.parse("2026-11-24T01:02:03.123456789Z"),
                LocalDate.parse("2024-02-29"),
                Duration.ofMillis(90_061_001),
                UUID.fromString("6f1c1d0a-5f57-4b0e-9a51-0f3f0a1b2c3d"),
                new byte[] {0, -1, 127},
                Status.suspended,
                List.of(new Line("85123A", 6)),
                Map.of("a", 1L << 60),
                null);

        Everything back = codec.decode(codec.encode(value));

        assertThat(back).usingRecursiveComparison().isEqualTo(value);
        assertThat(back.amount().scale()).isEqualTo(2);
    }

    @Test
    void unknownFieldsArePassedOver() {
        byte[] later = json("{'name':'a','later':[{'x':1}],'count':2}");

        assertThat(small.decode(later)).isEqualTo(new Small("a", 2));
        assertThat(small.decoder().decode(later)).isEqualTo(new Small("a", 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{'name':'a'}",
                "{'name':'a','count':null}",
                "{'name':'a','count':2.5}",
                "{'name':'a','count':2}x",
                "{'name':'a','name':'b','count':2}",
                "{'name':'a','count':99999999999}",
                "{'@class':'java.lang.Runtime','name':{'x':1},'count':2}"
            })
    void whatIsNotAValueIsRefused(String text) {
        for (ValueDecoder<Small> decoder : List.<ValueDecoder<Small>>of(small::decode, small.decoder())) {
            assertThatThrownBy(() -> decoder.decode(json(text)))
                    .isInstanceOfSatisfying(
                            FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_VALUE));
        }
    }

    @Test
    void depthLengthAndNumbersAreLimited() {
        List<String> hostile = List.of(
                "{'name':'a','count':1,'x':" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{'name':'" + "a".repeat(LogEntry.MAX_PAYLOAD + 1) + "','count':1}",
                "{'name':'a','count':" + "9".repeat(101) + "}",
                "{'name':'a','count':1,'" + "k".repeat(1001) + "':1}");
        for (String text : hostile) {
            assertThatThrownBy(() -> small.decode(json(text))).isInstanceOf(FairleadException.class);
        }
    }

    @Test
    void aProjectionLeavesNothingButTheWantedFields() {
        byte[] projected = provider.projection(Set.of("name", "lines"))
                .apply(json("{'email':'a@b','name':'n','nested':{'name':'x'},'lines':[{'sku':'s'}],'count':1.50}"));

        assertThat(new String(projected, UTF_8)).isEqualTo("{\"name\":\"n\",\"lines\":[{\"sku\":\"s\"}]}");
    }

    @Test
    void aRenamingGivesEachFieldAllOfItsNames() {
        byte[] renamed = provider.renaming(Map.of("name", List.of("title"), "lines", List.of("lines", "rows")))
                .apply(json("{'email':'a@b','name':'n','title':'x','lines':[{'sku':'s \u00e4'}],'rows':2}"));

        assertThat(new String(renamed, UTF_8))
                .isEqualTo("{\"title\":\"n\",\"lines\":[{\"sku\":\"s \u00e4\"}],\"rows\":[{\"sku\":\"s \u00e4\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{'name':", "{'name':'a'", "3"})
    void aProjectionRefusesWhatIsNoObject(String text) {
        assertThatThrownBy(() -> provider.projection(Set.of("name")).apply(json(text)))
                .isInstanceOf(FairleadException.class);
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
