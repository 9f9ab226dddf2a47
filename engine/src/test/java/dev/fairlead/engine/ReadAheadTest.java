package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
    private static final String ITEM = "quotes.quote";
    private static final int IN_PAGE = 100;
    /** How many may wait; the reader has another one in hand. */
    private static final int MOST_PAGES = (ReadAhead.MOST_RECORDS + IN_PAGE - 1) / IN_PAGE;

    record Quote(String symbol, int price) {}

    private final EnvelopeFormat format = new EnvelopeFormat(ITEM);
    private final CopyDecoder<String, Quote> decoder = Decoders.of(ITEM, Quote.class);

    @Test
    void pagesComeInTheOrderOfTheLogUntilItIsQuiet() {
        Scripted reader = new Scripted(50, 100);
        List<Integer> prices = new ArrayList<>();
        try (ReadAhead<String, Quote> ahead = new ReadAhead<>(reader, decoder, () -> true)) {
            ahead.start("the copy");
            while (ahead.hasNext()) {
                DecodedPage<String, Quote> page = ahead.next();
                page.records().forEach(record -> prices.add(record.value().price()));
                assertThat(page.read()).isEqualTo(prices.size());
            }
        }

        assertThat(prices).hasSize(50 * IN_PAGE).isSorted();
        assertThat(reader.polls).isEqualTo(51);
    }

    @Test
    void itReadsNoFurtherThanSomeRecordsAhead() {
        Scripted reader = new Scripted(2 * MOST_PAGES, 100);
        try (ReadAhead<String, Quote> ahead = new ReadAhead<>(reader, decoder, () -> true)) {
            ahead.start("the copy");
            await().until(() -> reader.polls >= MOST_PAGES);
            for (int taken = 0; taken < 10; taken++) {
                assertThat(ahead.hasNext()).isTrue();
                ahead.next();
                assertThat(reader.polls).isLessThanOrEqualTo(taken + MOST_PAGES + 2);
            }
        }
    }

    @Test
    void largePagesLeaveRoomForFewer() {
        Scripted reader = new Scripted(50, 200_000);
        try (ReadAhead<String, Quote> ahead = new ReadAhead<>(reader, decoder, () -> true)) {
            ahead.start("the copy");
            assertThat(ahead.hasNext()).isTrue();
            ahead.next();
            assertThat(reader.polls).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void whatWasReadBeforeAFailureIsTakenFirst() {
        Scripted reader = new Scripted(3, 100);
        reader.failsAtTheEnd = true;
        try (ReadAhead<String, Quote> ahead = new ReadAhead<>(reader, decoder, () -> true)) {
            ahead.start("the copy");
            for (int page = 0; page < 3; page++) {
                assertThat(ahead.hasNext()).isTrue();
                ahead.next();
            }
            assertThatThrownBy(ahead::hasNext).hasMessage("on purpose");
        }
    }

    @Test
    void itEndsWhenItIsNotWantedAnyMore() {
        AtomicBoolean wanted = new AtomicBoolean(true);
        Scripted reader = new Scripted(Integer.MAX_VALUE, 100);
        try (ReadAhead<String, Quote> ahead = new ReadAhead<>(reader, decoder, wanted::get)) {
            ahead.start("the copy");
            assertThat(ahead.hasNext()).isTrue();
            wanted.set(false);
            int pages = 0;
            while (ahead.hasNext()) {
                ahead.next();
                pages++;
            }
            assertThat(pages).isLessThanOrEqualTo(MOST_PAGES + 2);
        }
    }

    @Test
    void afterTheCloseTheReaderIsFree() {
        Scripted reader = new Scripted(Integer.MAX_VALUE, 100);
        ReadAhead<String, Quote> ahead = new ReadAhead<>(reader, decoder, () -> true);
        ahead.start("the copy");
        assertThat(ahead.hasNext()).isTrue();
        ahead.close();
        int polls = reader.polls;

        assertThat(reader.isPolled).isFalse();
        assertThat(reader.polls).isEqualTo(polls);
    }

    @Test
    void anInterruptEndsTheWait() {
        Scripted reader = new Scripted(0, 100);
        reader.patient = true;
        ReadAhead<String, Quote> ahead = new ReadAhead<>(reader, decoder, () -> true);
        ahead.start("the copy");
        Thread.currentThread().interrupt();

        assertThatThrownBy(ahead::hasNext)
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
        assertThat(Thread.interrupted()).isTrue();
        reader.close();
        ahead.close();
    }

    /** Gives so many pages of records with values of so many bytes, and then nothing. */
    private final class Scripted implements LogReader {
        private final int pages;
        private final String filling;
        private volatile int polls;
        private volatile boolean isPolled;
        private volatile boolean failsAtTheEnd;
        private volatile boolean patient;
        private long next;

        Scripted(int pages, int size) {
            this.pages = pages;
            this.filling = "x".repeat(size);
        }

        @Override
        public LogBatch poll(int maxRecords, Duration wait) {
            isPolled = true;
            polls++;
            while (patient) {
                Thread.onSpinWait();
            }
            if (polls > pages && failsAtTheEnd) {
                throw new IllegalStateException("on purpose");
            }
            List<LogRecord> records = new ArrayList<>();
            for (int i = 0; i < IN_PAGE && polls <= pages; i++) {
                records.add(record(next++));
            }
            isPolled = false;
            return new LogBatch(records, new LogBounds(0, 0, next), null);
        }

        private LogRecord record(long offset) {
            byte[] key = "A".getBytes(UTF_8);
            byte[] value = "{\"symbol\":\"A\",\"price\":%d,\"later\":\"%s\"}"
                    .formatted(offset, filling)
                    .getBytes(UTF_8);
            Envelope envelope = new Envelope(Envelope.Kind.VALUE, offset + 1, 1, Instant.EPOCH, KeyHash.NONE, null, 0);
            return new LogRecord(offset, key, format.pack(envelope, key, value), value);
        }

        @Override
        public long next() {
            return next;
        }

        @Override
        public void seek(long offset) {
            next = offset;
        }

        @Override
        public void close() {
            patient = false;
        }
    }
}
