package dev.fairlead.codecs.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.PlanName;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class PlainRecordTest {
    enum Side {
        BUY,
        @PlanName("sold-short")
        SHORT
    }

    record Quote(
            String symbol,
            @Nullable String venue,
            double bid,
            @PlanName("ask-price") @Nullable Double ask,
            long bidSize,
            @Nullable Integer askSize,
            boolean open,
            @Nullable Instant at,
            @Nullable Side side) {}

    record Checked(String name, int count) {
        Checked {
            Objects.requireNonNull(name);
            if (count < 0) {
                throw new IllegalArgumentException("a count below zero");
            }
        }
    }

    record Number(double value) {}

    record Renamed(@JsonProperty("other") String name) {}

    record Nested(Checked inner) {}

    interface Named {
        String name();
    }

    record Implementing(String name) implements Named {}

    private static final String[] TEXTS = {
        "", "a", "XNAS", "Ωmega ünï 🚢", "quote\" and \\", "\u0000", "\uFFFD", "null", "{,}:"
    };
    private static final String PIECES = "{}[]:,\"\\ \n0123456789.eE+-truefalsnax\u00e4";

    private final JsonMapper mapper = StrictJson.MAPPER;
    private final PlainRecord<Quote> plain = plain(Quote.class);

    @Test
    void whatACodecWritesIsReadWithoutJackson() {
        Quote quote = new Quote(
                "SYM1",
                "Ωmega 🚢",
                101.25,
                1e-7,
                -12,
                Integer.MIN_VALUE,
                true,
                Instant.parse("2026-11-24T01:02:03.123456Z"),
                Side.SHORT);

        assertThat(plain.read(mapper.writeValueAsBytes(quote))).isEqualTo(quote);
    }

    @Test
    void fieldsMayStandInAnyOrderWithSpaceBetweenAndOptionalOnesMayBeMissing() {
        assertThat(plain.read(json(" { 'bidSize' : 3 ,\n'open':false, 'symbol':'s', 'venue':null,'bid':2 } ")))
                .isEqualTo(new Quote("s", null, 2, null, 3, null, false, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{'name':'a'}",
                "{'name':'a','count':2,'later':1}",
                "{'name':'a','count':2}x",
                "{'name':'a','count':2,}",
                "{'name':'a','name':'b','count':2}",
                "{'name':'\\u0061','count':2}",
                "{'name':'a\tb','count':2}",
                "{'name':'a','count':'2'}",
                "{'name':1,'count':2}",
                "{'name':'a','count':02}",
                "{'name':'a','count':2.0}",
                "{'name':'a','count':null}",
                "{'name':'a','count':2147483648}",
                "{'name':'a','count':-1}",
                "{'name':null,'count':1}",
                "{'name':'a','count':2",
                "['name','a']"
            })
    void whatIsUnusualIsLeftToJackson(String text) {
        assertThat(plain(Checked.class).read(json(text))).isNull();
    }

    @Test
    void brokenUtf8IsLeftToJackson() {
        byte[] text = json("{'name':'aa','count':2}");
        text[9] = (byte) 0xC3;

        assertThat(plain(Checked.class).read(text)).isNull();
    }

    @Test
    void whatAConstructorRefusesIsRefusedAsByJackson() {
        assertThatThrownBy(() -> new JsonCodecProvider().codec(Checked.class).decode(json("{'name':'a','count':-1}")))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("a count below zero");
    }

    @Test
    void typesThatOnlyJacksonKnowsAreLeftToIt() {
        for (Class<?> type : List.of(Renamed.class, Nested.class, Implementing.class, String.class, Side.class)) {
            assertThat(PlainRecord.of(type)).as(type.getSimpleName()).isNull();
        }
    }

    @Test
    void numbersAreReadToTheLastBit() {
        PlainRecord<Number> numbers = plain(Number.class);
        Random random = new Random(20261128);
        for (int i = 0; i < 50_000; i++) {
            double number = switch (i % 3) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextInt() / 1000.0;
                default -> random.nextLong() * Math.pow(10, random.nextInt(40) - 20);
            };
            if (Double.isFinite(number)) {
                assertThat(numbers.read(json("{'value':" + number + "}"))).isEqualTo(new Number(number));
            }
        }
    }

    @Test
    void numbersHalfwayBetweenTwoDoublesAreReadAsByJava() {
        PlainRecord<Number> numbers = plain(Number.class);
        Random random = new Random(20261128);
        for (int i = 0; i < 50_000; i++) {
            BigDecimal low = new BigDecimal(random.nextInt(1, 1 << 20) * Math.pow(2, -random.nextInt(30)));
            BigDecimal half = low.add(BigDecimal.valueOf(Math.ulp(low.doubleValue()) / 2));
            int digits = random.nextInt(16, 19);
            for (RoundingMode side : List.of(RoundingMode.DOWN, RoundingMode.UP)) {
                String text = half.round(new MathContext(digits, side)).toPlainString();
                assertThat(numbers.read(json("{'value':" + text + "}")))
                        .isEqualTo(new Number(Double.parseDouble(text)));
            }
        }
    }

    @Test
    void valuesThatAreReadTogetherShareTheTextsThatTheyHaveInCommon() {
        PlainReader<Checked> together = plain(Checked.class).reader();
        Checked first = Objects.requireNonNull(together.read(json("{'name':'XNAS','count':1}")));
        Checked second = Objects.requireNonNull(together.read(json("{'name':'XNAS','count':2}")));
        Checked elsewhere =
                Objects.requireNonNull(plain(Checked.class).reader().read(json("{'name':'XNAS','count':3}")));

        assertThat(second).isEqualTo(new Checked("XNAS", 2));
        assertThat(second.name()).isSameAs(first.name());
        assertThat(elsewhere.name()).isNotSameAs(first.name());
    }

    @Test
    void textsThatComeOnceDoNotDriveOutThoseThatComeAgain() {
        PlainReader<Quote> together = plain.reader();
        String venue = "";
        int made = 0;
        for (int i = 0; i < 1_000; i++) {
            String text = "{'symbol':'SYM" + i + "','venue':'XNAS','bid':1,'bidSize':3,'open':true}";
            String found = Objects.requireNonNull(
                    Objects.requireNonNull(together.read(json(text))).venue());
            made += found == venue ? 0 : 1;
            venue = found;
        }

        assertThat(made).isEqualTo(1);
    }

    @Test
    void nothingOfAValueGetsIntoTheNext() {
        PlainReader<Quote> together = plain.reader();
        assertThat(together.read(json("{'symbol':'a','venue':'v','bid':1,'ask':2,'bidSize':3,'open':true,'side':'x'}")))
                .isNull();

        assertThat(together.read(json("{'symbol':'b','bid':1,'bidSize':3,'open':true}")))
                .isEqualTo(new Quote("b", null, 1, null, 3, null, true, null, null));
    }

    @Test
    void manyTextsAreKeptApart() {
        PlainReader<Checked> together = plain(Checked.class).reader();
        for (int i = 0; i < 10_000; i++) {
            String name = Integer.toString(i * 31 % 700, 36) + (i % 3 == 0 ? "" : "-long enough for none");
            assertThat(together.read(json("{'name':'" + name + "','count':" + i + "}")))
                    .isEqualTo(new Checked(name, i));
        }
    }

    @Test
    void whatIsReadIsWhatJacksonReads() {
        Random random = new Random(20261128);
        PlainReader<Quote> together = plain.reader();
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] text = changed(mapper.writeValueAsBytes(quote(random)), random);
            Quote found = plain.read(text);
            assertThat(together.read(text)).isEqualTo(found);
            if (found != null) {
                read++;
                assertThat(found).as(new String(text, UTF_8)).isEqualTo(byJackson(text));
            }
        }
        assertThat(read).isGreaterThan(50_000);
    }

    private @Nullable Quote byJackson(byte[] text) {
        try {
            return mapper.readValue(text, Quote.class);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Quote quote(Random random) {
        return new Quote(
                TEXTS[random.nextInt(4)],
                random.nextBoolean() ? null : TEXTS[random.nextInt(TEXTS.length)],
                random.nextInt(1_000_000) / 100.0,
                random.nextBoolean() ? null : Double.longBitsToDouble(random.nextLong() & ~(1L << 62)),
                random.nextLong() >> random.nextInt(64),
                random.nextBoolean() ? null : random.nextInt(),
                random.nextBoolean(),
                random.nextBoolean() ? null : Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                random.nextBoolean() ? null : Side.values()[random.nextInt(2)]);
    }

    /** The text as it is, or with a few bytes put in, left out or written over. */
    private static byte[] changed(byte[] text, Random random) {
        StringBuilder changed = new StringBuilder(new String(text, UTF_8));
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            int place = random.nextInt(changed.length());
            char piece = PIECES.charAt(random.nextInt(PIECES.length()));
            switch (random.nextInt(3)) {
                case 0 -> changed.insert(place, piece);
                case 1 -> changed.setCharAt(place, piece);
                default -> changed.deleteCharAt(place);
            }
        }
        return changed.toString().getBytes(UTF_8);
    }

    private <V> PlainRecord<V> plain(Class<V> type) {
        return Objects.requireNonNull(PlainRecord.of(type));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
