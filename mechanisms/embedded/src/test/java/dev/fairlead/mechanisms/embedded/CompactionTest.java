package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
    private static final int KEYS = 100;

    @TempDir
    Path folder;

    @Test
    void leavesTheNewestRecordOfEachKeyWithItsOffset() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1)) {
            LogWriter writer = latest(mechanism);
            append(writer, 0, 10_000);
            mechanism.applyRetention();
            assertThat(mechanism.bounds("a", 0)).isEqualTo(new LogBounds(0, 10_000, 10_000));
            expectNewest(mechanism, 10_000);
            append(writer, 10_000, 50);
            mechanism.applyRetention();
            expectNewest(mechanism, 10_050);
            mechanism.applyRetention();
            expectNewest(mechanism, 10_050);
        }
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1)) {
            expectNewest(mechanism, 10_050);
            assertThat(mechanism.bounds("a", 0)).isEqualTo(new LogBounds(0, 10_050, 10_050));
            assertThat(append(mechanism.claim("a", "test"), 10_050, 1)).isEqualTo(10_050);
        }
    }

    private static void expectNewest(EmbeddedMechanism mechanism, int end) {
        List<LogRecord> records = Records.readAll(mechanism, "a");
        assertThat(records).hasSize(KEYS);
        for (int i = 0; i < KEYS; i++) {
            long offset = end - KEYS + i;
            assertThat(records.get(i).offset()).isEqualTo(offset);
            assertThat(Records.text(records.get(i))).isEqualTo("k" + offset % KEYS + "=payload of " + offset);
            assertThat(mechanism.latest("a", records.get(i).key()).map(LogRecord::offset))
                    .contains(offset);
        }
    }

    @Test
    void aReaderGoesOnBehindALongRunOfDroppedRecords() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D0)) {
            LogWriter writer = latest(mechanism);
            append(writer, 0, 500);
            mechanism.applyRetention();
            try (LogReader reader = mechanism.read("a", 0, 3)) {
                LogBatch batch = reader.poll(1, Records.PATIENCE);
                assertThat(batch.records()).extracting(LogRecord::offset).containsExactly(400L);
                assertThat(batch.bounds().compactedBelow()).isEqualTo(500);
                assertThat(reader.poll(1000, Records.PATIENCE).records()).hasSize(99);
                assertThat(reader.next()).isEqualTo(500);
            }
        }
    }

    @Test
    void compactsInTheBackgroundAndLeavesTheNewestRecordsAlone() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D0)) {
            LogWriter writer = latest(mechanism);
            append(writer, 0, 200_000);
            await().atMost(Records.PATIENCE)
                    .until(() -> mechanism.bounds("a", 0).compactedBelow() > 100_000);
            assertThat(mechanism.bounds("a", 0).compactedBelow()).isLessThanOrEqualTo(200_000 - 65_536);
            List<LogRecord> records = Records.readAll(mechanism, "a");
            assertThat(records).hasSizeBetween(65_536, 100_000);
            assertThat(records.getLast().offset()).isEqualTo(199_999);
        }
    }

    @Test
    void appendersAndReadersSeeNoHarmFromIt() throws Exception {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            LogWriter writer = latest(mechanism);
            AtomicBoolean done = new AtomicBoolean();
            Future<?> compacting = threads.submit(() -> {
                while (!done.get()) {
                    mechanism.applyRetention();
                }
            });
            List<Future<Map<String, String>>> folds = List.of(
                    threads.submit(() -> fold(mechanism, 60_000, 7)),
                    threads.submit(() -> fold(mechanism, 60_000, 5000)),
                    threads.submit(() -> fold(mechanism, 60_000, 300)));
            for (int i = 0; i < 60_000; i += 20) {
                append(writer, i, 20);
            }
            Map<String, String> expected = new TreeMap<>();
            for (int i = 60_000 - KEYS; i < 60_000; i++) {
                expected.put("k" + i % KEYS, "payload of " + i);
            }
            for (Future<Map<String, String>> fold : folds) {
                assertThat(fold.get()).isEqualTo(expected);
            }
            done.set(true);
            compacting.get();
            assertThat(fold(mechanism, 60_000, 1000)).isEqualTo(expected);
        }
    }

    /** The newest of each key, as a reader sees it that takes so many records at once; checks that no gap is unexplained. */
    private static Map<String, String> fold(EmbeddedMechanism mechanism, long until, int atOnce) {
        Map<String, String> newest = new TreeMap<>();
        try (LogReader reader = mechanism.read("a", 0, 0)) {
            long expected = 0;
            while (reader.next() < until) {
                LogBatch batch = reader.poll(atOnce, Records.PATIENCE);
                for (LogRecord record : batch.records()) {
                    assertThat(record.offset()).isGreaterThanOrEqualTo(expected);
                    if (record.offset() > expected) {
                        assertThat(batch.bounds().compactedBelow()).isGreaterThanOrEqualTo(record.offset());
                    }
                    expected = record.offset() + 1;
                    String[] text = Records.text(record).split("=", -1);
                    newest.put(text[0], text[1]);
                }
            }
        }
        return newest;
    }

    private static LogWriter latest(EmbeddedMechanism mechanism) {
        return Records.writer(mechanism, "a", new Retention.LatestPerKey(), Durability.D0);
    }

    private static long append(LogWriter writer, int from, int count) {
        long first = -1;
        CompletableFuture<Long> last = CompletableFuture.completedFuture(0L);
        for (int i = from; i < from + count; i += 100) {
            last = writer.append(0, Records.numbered(i, Math.min(100, from + count - i), KEYS))
                    .thenApply(appended -> appended.first().offset());
            first = first < 0 ? last.join() : first;
        }
        last.join();
        return first;
    }
}
