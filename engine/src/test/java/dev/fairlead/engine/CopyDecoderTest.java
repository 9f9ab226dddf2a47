package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyDecoderTest {
    private static final String ITEM = "quotes.quote";
    private static final int IN_PAGE = 100;

    record Quote(String symbol, String venue, int price) {
        Quote {
            if (price < 0) {
                throw new IllegalArgumentException("a price below zero");
            }
        }
    }

    private final EnvelopeFormat format = new EnvelopeFormat(ITEM);
    private final CopyDecoder<String, Quote> decoder = Decoders.of(ITEM, Quote.class);

    @Test
    void theValuesOfAPageAreThoseThatWereWritten() {
        List<DecodedRecord<String, Quote>> records = page(0).records();

        for (int i = 0; i < IN_PAGE; i++) {
            assertThat(records.get(i).key()).isEqualTo("S" + i);
            assertThat(records.get(i).value()).isEqualTo(new Quote("S" + i, "XNAS", i));
        }
    }

    @Test
    void whatOneValueOfAPageLacksConcernsNoOther() {
        List<LogRecord> written = written(0);
        written.set(40, record(40, "{\"symbol\":\"S40\",\"venue\":\"XNAS\",\"price\":-1}"));
        written.set(60, record(60, "{\"symbol\":\"S60\",\"price\":60}"));
        written.set(80, record(80, "{\"symbol\":\"S80\",\"venue\":\"XN"));
        List<DecodedRecord<String, Quote>> records = page(written).records();

        for (int i = 0; i < IN_PAGE; i++) {
            DecodedRecord<String, Quote> record = records.get(i);
            if (i == 40 || i == 60 || i == 80) {
                assertThatThrownBy(record::value).hasMessageContaining(i == 40 ? "a price below zero" : "");
            } else {
                assertThat(record.value()).isEqualTo(new Quote("S" + i, "XNAS", i));
            }
        }
    }

    @Test
    void theValuesOfOnePageShareTextsAndThoseOfTwoShareNone() {
        DecodedPage<String, Quote> page = page(0);
        String venue = page.records().getFirst().value().venue();

        assertThat(page.records())
                .allSatisfy(record -> assertThat(record.value().venue()).isSameAs(venue));
        assertThat(page(IN_PAGE).records())
                .allSatisfy(record -> assertThat(record.value().venue()).isNotSameAs(venue));
    }

    private DecodedPage<String, Quote> page(int from) {
        return page(written(from));
    }

    private DecodedPage<String, Quote> page(List<LogRecord> written) {
        long end = written.getLast().offset() + 1;
        return decoder.page(new LogBatch(written, new LogBounds(0, 0, end), null), end);
    }

    private List<LogRecord> written(int from) {
        List<LogRecord> records = new ArrayList<>();
        for (int number = from; number < from + IN_PAGE; number++) {
            records.add(record(number, "{\"symbol\":\"S" + number + "\",\"venue\":\"XNAS\",\"price\":" + number + "}"));
        }
        return records;
    }

    private LogRecord record(int number, String value) {
        byte[] key = ("S" + number).getBytes(UTF_8);
        byte[] payload = value.getBytes(UTF_8);
        Envelope envelope = new Envelope(Envelope.Kind.VALUE, 1, 1, Instant.EPOCH, KeyHash.NONE, null, 0);
        return new LogRecord(number, key, format.pack(envelope, key, payload), payload);
    }
}
