package dev.fairlead.mechanisms.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where memory and database meet: a reader sees each record once and in order, however far it is behind. */
class TailTest {
    private static final int READERS = 8;
    private static final int RECORDS = 150_000;
    private static final int PAYLOAD = 400;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"D0", "D1"})
    void readersAtEveryLagSeeEachRecordOnceAndInOrder(Durability durability) throws Exception {
        try (EmbeddedMechanism mechanism = Records.open(folder, durability);
                ExecutorService readers = Executors.newCachedThreadPool()) {
            LogWriter writer = Records.writer(mechanism, "a", durability);
            LogWriter noise = Records.writer(mechanism, "b", durability);
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Random random = new Random(i);
                results.add(readers.submit(() -> readAll(mechanism, random)));
            }
            CompletableFuture<?> last = CompletableFuture.completedFuture(null);
            Random sizes = new Random(99);
            for (int next = 0; next < RECORDS; ) {
                int count = Math.min(RECORDS - next, 1 + sizes.nextInt(60));
                last = writer.append(0, numbered(next, count));
                noise.append(0, numbered(next, 1 + sizes.nextInt(3)));
                next += count;
            }
            last.join();
            for (Future<?> result : results) {
                result.get();
            }
        }
    }

    /** Reads on, pauses, and jumps: so it meets the end from memory, from the database, and in between. */
    private static void readAll(EmbeddedMechanism mechanism, Random random) {
        try (LogReader reader = mechanism.read("a", 0, 0)) {
            long expected = 0;
            while (expected < RECORDS) {
                for (LogRecord record :
                        reader.poll(1 + random.nextInt(2000), Records.PATIENCE).records()) {
                    check(record, expected++);
                }
                assertThat(reader.next()).isEqualTo(expected);
                if (random.nextInt(50) == 0) {
                    expected = jump(reader, expected, random);
                }
            }
        }
    }

    private static long jump(LogReader reader, long expected, Random random) {
        long back = random.nextBoolean() ? random.nextInt(200) : random.nextInt(20_000);
        long target = Math.max(0, expected - back);
        reader.seek(target);
        return target;
    }

    private static void check(LogRecord record, long expected) {
        if (record.offset() != expected
                || ByteBuffer.wrap(record.key()).getLong() != expected
                || ByteBuffer.wrap(record.payload()).getLong() != ~expected) {
            throw new AssertionError("expected record " + expected + ", not " + record.offset() + " with key "
                    + ByteBuffer.wrap(record.key()).getLong());
        }
    }

    private static List<LogEntry> numbered(long from, int count) {
        List<LogEntry> entries = new ArrayList<>(count);
        for (long i = from; i < from + count; i++) {
            byte[] payload = ByteBuffer.allocate(PAYLOAD).putLong(~i).array();
            entries.add(new LogEntry(ByteBuffer.allocate(Long.BYTES).putLong(i).array(), new byte[3], payload));
        }
        return entries;
    }

    @Test
    void theTailsStayWithinTheirBounds() {
        TailBudget budget = new TailBudget(100_000, 30_000);
        List<OpenLog> logs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            LogRow row = LogRow.first(i, new LogDefinition("log-" + i, new Retention.KeepAll(), Durability.D0));
            logs.add(new OpenLog(row, 0));
        }
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            OpenLog log = logs.get(Math.min(9, random.nextInt(12)));
            RecordChunk chunk = RecordChunk.of(
                            numbered(log.end(), 1 + random.nextInt(3)).toArray(LogEntry[]::new))
                    .getFirst();
            budget.add(log, TailSegment.of(log.end(), chunk));
            log.endingAt(log.end() + chunk.entries().length);
            assertThat(log.tail().bytes()).isBetween(1L, 30_000L);
            assertThat(logs.stream().mapToLong(one -> one.tail().bytes()).sum()).isLessThanOrEqualTo(100_000);
        }
        for (OpenLog log : logs) {
            assertThat(log.tail().find(log.end() - 1)).isNotNull();
            assertThat(log.tail().find(0)).isNull();
        }
    }

    @Test
    void aSegmentThatWasLetGoLeadsNowhere() {
        LogTail tail = new LogTail();
        List<TailSegment> segments = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RecordChunk chunk = RecordChunk.of(numbered(i * 10L, 10).toArray(LogEntry[]::new))
                    .getFirst();
            segments.add(TailSegment.of(i * 10L, chunk));
            tail.add(segments.get(i));
        }
        tail.evictOldest();
        assertThat(segments.get(0).next()).isSameAs(TailSegment.EVICTED);
        assertThat(tail.find(5)).isNull();
        assertThat(tail.find(10)).isSameAs(segments.get(1));
        assertThat(tail.find(39)).isSameAs(segments.get(3));
    }
}
