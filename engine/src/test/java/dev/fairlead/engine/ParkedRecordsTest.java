package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParkedRecordsTest {
    private static final String NAME = "checkout.sale.parked.shipping.labels";
    private static final int RECORDS = 6000;
    private static final int KEYS = 8;

    @TempDir
    Path folder;

    private EmbeddedMechanism mechanism;
    private CountedLogs logs;

    @BeforeEach
    void open() {
        mechanism = EmbeddedMechanism.open(new MechanismOpening(Map.of("durability", "D0"), folder, TimeSource.SYSTEM));
        logs = new CountedLogs(mechanism);
        mechanism.define(new LogDefinition(NAME, new Retention.KeepAll(), Durability.D0));
        try (LogWriter writer = mechanism.claim(NAME, "shipping")) {
            List<LogEntry> entries = IntStream.range(0, RECORDS)
                    .mapToObj(number -> new LogEntry(
                            ("key" + number % KEYS).getBytes(UTF_8),
                            new byte[] {1},
                            text(number).getBytes(UTF_8)))
                    .toList();
            writer.append(0, entries).join();
        }
    }

    @AfterEach
    void close() {
        mechanism.close();
    }

    private static String text(long number) {
        return "value " + number;
    }

    private static void find(ParkedRecords records, long offset) {
        assertThat(records.at(offset)).hasValueSatisfying(record -> {
            assertThat(record.offset()).isEqualTo(offset);
            assertThat(new String(record.payload(), UTF_8)).isEqualTo(text(offset));
        });
    }

    @Test
    void theRecordsOfAKeyComeWithOneReader() {
        try (ParkedRecords records = new ParkedRecords(logs.log(), NAME)) {
            for (long offset = 3; offset < RECORDS; offset += KEYS) {
                find(records, offset);
            }
        }

        assertThat(logs.opened()).isEqualTo(1);
        assertThat(logs.open()).isZero();
    }

    @Test
    void severalKeysAtOnceDoNotSendEachOtherBack() {
        try (ParkedRecords records = new ParkedRecords(logs.log(), NAME)) {
            for (long round = 0; round < 100; round++) {
                for (long from : List.of(0L, 1000L, 2000L, 3000L)) {
                    find(records, from + round * KEYS);
                }
            }
            assertThat(logs.open()).isLessThanOrEqualTo(4);
        }

        assertThat(logs.opened()).isLessThanOrEqualTo(8);
    }

    /** As when many keys are sent again at once, some of them ten events behind the others. */
    @Test
    void manyKeysThatLieMixedComeWithOneReader() {
        int keys = 50;
        try (ParkedRecords records = new ParkedRecords(logs.log(), NAME)) {
            for (int round = 0; round < RECORDS / keys; round++) {
                for (int key = 0; key < keys; key++) {
                    find(records, (long) Math.max(0, round - key % 3 * 10) * keys + key);
                }
            }
        }

        assertThat(logs.opened()).isEqualTo(1);
    }

    @Test
    void anyOrderFindsEachRecord() {
        Random random = new Random(20261128);
        try (ParkedRecords records = new ParkedRecords(logs.log(), NAME)) {
            for (int i = 0; i < 300; i++) {
                find(records, random.nextInt(RECORDS));
            }
            assertThat(logs.open()).isLessThanOrEqualTo(5);
        }

        assertThat(logs.open()).isZero();
    }

    @Test
    void whatIsForgottenIsReadAnew() {
        try (ParkedRecords records = new ParkedRecords(logs.log(), NAME)) {
            find(records, 7);
            records.forgetAll();
            assertThat(logs.open()).isZero();
            find(records, 8);
        }

        assertThat(logs.opened()).isEqualTo(2);
    }

    @Test
    void aReaderThatHasEndedGivesWayToANewOne() {
        try (ParkedRecords records = new ParkedRecords(logs.log(), NAME)) {
            find(records, 7);
            logs.endAll();
            find(records, 700);
            find(records, 701);
        }

        assertThat(logs.opened()).isEqualTo(2);
        assertThat(logs.open()).isZero();
    }

    @Test
    void afterTheCloseNoReaderStaysOpen() {
        ParkedRecords records = new ParkedRecords(logs.log(), NAME);
        find(records, 7);
        records.close();
        find(records, 8);

        assertThat(logs.open()).isZero();
    }

    /** The logs of a mechanism, and how many readers were opened and are still open. */
    private static final class CountedLogs {
        private final Log log;
        private int opened;
        private int closed;
        private int ended;

        CountedLogs(EmbeddedMechanism mechanism) {
            this.log = (Log) WrappedReaders.of(mechanism, reader -> {
                int number = opened++;
                return new WrappedReaders.Wrapped(reader) {
                    @Override
                    public LogBatch poll(int maxRecords, Duration wait) {
                        if (number < ended) {
                            throw new FairleadException(ErrorCode.UNREACHABLE, "the server has ended it");
                        }
                        return super.poll(maxRecords, wait);
                    }

                    @Override
                    public void close() {
                        closed++;
                        super.close();
                    }
                };
            });
        }

        Log log() {
            return log;
        }

        /** The readers that were opened so far give nothing any more. */
        void endAll() {
            ended = opened;
        }

        int opened() {
            return opened;
        }

        int open() {
            return opened - closed;
        }
    }
}
