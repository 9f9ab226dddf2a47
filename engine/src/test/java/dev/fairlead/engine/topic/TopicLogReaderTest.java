package dev.fairlead.engine.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.TopicBroker;
import dev.fairlead.engine.UnreliableDelivery;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.Topic;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.LogWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is made of an owner's log, a topic and questions. */
class TopicLogReaderTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final String ITEM = "profile.profile";

    @TempDir
    Path folder;

    private final TopicBroker broker = new TopicBroker(TimeSource.SYSTEM);
    private final Mechanism carrier = broker.open();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(broker, carrier));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private EmbeddedMechanism store(String name) {
        EmbeddedMechanism store = EmbeddedMechanism.open(new MechanismOpening(
                Map.of("data", folder.resolve(name).toString(), "durability", "D1"), folder, TimeSource.SYSTEM));
        open.add(store);
        return store;
    }

    private BothSides over(EmbeddedMechanism store) {
        BothSides both = new BothSides(carrier, store);
        both.define(new LogDefinition(ITEM, new Retention.LatestPerKey(), Durability.D1));
        return both;
    }

    private LogWriter claim(BothSides both) {
        LogWriter writer = both.claim(ITEM, "test");
        open.add(writer);
        return writer;
    }

    private LogReader read(BothSides both, long offset) {
        LogReader reader = both.read(ITEM, 0, offset);
        open.add(reader);
        return reader;
    }

    private static LogEntry entry(String value) {
        return new LogEntry(new byte[] {'k'}, new byte[] {7}, value.getBytes(UTF_8));
    }

    private static void append(LogWriter writer, String... values) {
        writer.append(0, List.of(values).stream().map(TopicLogReaderTest::entry).toList())
                .join();
    }

    /** Polls until the reader has come to the offset; the records, and the last beat. */
    private static List<LogRecord> readTo(LogReader reader, long end) {
        List<LogRecord> records = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (reader.next() < end) {
            assertThat(System.nanoTime()).as("the time to read to %d", end).isLessThan(deadline);
            records.addAll(reader.poll(100, MOMENT).records());
        }
        return records;
    }

    private static List<String> values(List<LogRecord> records) {
        return records.stream()
                .map(record -> new String(record.payload(), UTF_8))
                .toList();
    }

    @Test
    void whatATopicLosesDoublesAndSwapsComesOnceAndInOrder() {
        UnreliableDelivery delivery = new UnreliableDelivery(7);
        broker.topics().deliver(delivery);
        BothSides both = over(store("data"));

        // One log: the delivery knows no topics, and would give the messages of one to another.
        Verdict verdict = LogWorkload.run(
                both, new LogWorkload.Settings(1, 4, 2, 2000, Durability.D1, 1), folder.resolve("history"));

        assertThat(verdict.witnesses()).isEmpty();
        assertThat(verdict.judged()).contains(Rule.A1, Rule.A5, Rule.A6, Rule.A9);
        assertThat(verdict.valid(8000, 0)).isTrue();
        assertThat(List.of(delivery.lost(), delivery.doubled(), delivery.late()))
                .allMatch(count -> count > 10);
    }

    @Test
    void changesGoOnWhileAReaderLoads() {
        BothSides both = over(store("data"));
        LogWriter writer = claim(both);
        List<CompletableFuture<?>> appends = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            appends.add(writer.append(0, List.of(entry("v" + i))));
        }
        LogReader reader = read(both, 0);
        List<LogRecord> first = new ArrayList<>(reader.poll(1, MOMENT).records());
        for (int i = 5000; i < 10_000; i++) {
            appends.add(writer.append(0, List.of(entry("v" + i))));
        }
        first.addAll(readTo(reader, 10_000));

        assertThat(first.stream().map(LogRecord::offset))
                .containsExactlyElementsOf(LongStream.range(0, 10_000).boxed().toList());
        assertThat(appends).allMatch(CompletableFuture::isDone);
    }

    @Test
    void aRecordThatFitsNoPageComesInPieces() {
        BothSides both = over(store("data"));
        LogWriter writer = claim(both);
        byte[] large = new byte[LogEntry.MAX_PAYLOAD];
        new Random(1).nextBytes(large);
        writer.append(0, List.of(entry("a"), new LogEntry(new byte[] {'l'}, new byte[4000], large), entry("b")))
                .join();
        LogReader reader = read(both, 0);
        List<LogRecord> loaded = readTo(reader, 3);
        writer.append(0, List.of(entry("c"), new LogEntry(new byte[] {'m'}, new byte[0], large), entry("d")))
                .join();
        List<LogRecord> heard = readTo(reader, 6);

        assertThat(loaded).hasSize(3);
        assertThat(loaded.get(1).payload()).isEqualTo(large);
        assertThat(loaded.get(1).header()).hasSize(4000);
        assertThat(heard).hasSize(3);
        assertThat(heard.get(1).payload()).isEqualTo(large);
        assertThat(((Table) StateOnTopic.ofReader(carrier))
                        .latest(ITEM, new byte[] {'l'})
                        .orElseThrow()
                        .payload())
                .isEqualTo(large);
    }

    @Test
    void whatIsMissingIsPassedOverWhileTheOwnerDoesNotAnswerAndAskedForWhenItDoes() {
        BothSides both = over(store("data"));
        LogWriter writer = claim(both);
        LogReader reader = listening(both, writer);
        broker.silence();
        AtomicBoolean gone = broker.lose("lost");
        append(writer, "lost");
        while (!gone.get()) {
            assertThat(reader.poll(100, MOMENT).records()).isEmpty();
        }
        append(writer, "next");
        List<LogRecord> jumped = readTo(reader, 3);

        assertThat(values(jumped)).containsExactly("next");
        assertThat(jumped.getFirst().offset()).isEqualTo(2);
        broker.speak();
        assertThat(values(read(both, 1).poll(1, MOMENT).records())).containsExactly("lost");
    }

    /** A reader that has one record and has come so far that only the topic can bring it more. */
    private LogReader listening(BothSides both, LogWriter writer) {
        append(writer, "first");
        LogReader reader = read(both, 0);
        readTo(reader, 1);
        reader.poll(100, MOMENT);
        reader.poll(100, MOMENT);
        return reader;
    }

    @Test
    void aDeadTopicIsNoticedAndTheOwnerAsked() {
        BothSides both = over(store("data"));
        LogWriter writer = claim(both);
        LogReader reader = listening(both, writer);
        broker.topics().stop();
        append(writer, "second");
        Instant beaten = Instant.parse("2026-01-02T03:04:05Z");
        writer.beat(beaten);

        LogBatch last = reader.poll(100, MOMENT);
        List<String> come = new ArrayList<>(values(last.records()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (come.isEmpty() || last.beat() == null) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            last = reader.poll(100, MOMENT);
            come.addAll(values(last.records()));
        }
        assertThat(come).containsExactly("second");
        assertThat(last.beat().time()).isEqualTo(beaten);
        broker.topics().start();
        append(writer, "third");
        assertThat(values(readTo(reader, 3))).containsExactly("third");
    }

    @Test
    void whatAnotherProgramPublishesIsPassedOver() {
        BothSides both = over(store("data"));
        LogWriter writer = claim(both);
        LogReader reader = listening(both, writer);
        byte[] random = new byte[300];
        new Random(3).nextBytes(random);
        for (byte[] poison : List.of(new byte[0], new byte[] {1}, new byte[] {1, 2, 3}, random)) {
            ((Topic) carrier).publish(ITEM, new Question(new byte[0], poison)).join();
        }
        append(writer, "second");

        assertThat(values(readTo(reader, 2))).containsExactly("second");
    }

    @Test
    void anOwnerThatComesBackGoesOnWhereItWas() {
        EmbeddedMechanism first = store("data");
        BothSides both = over(first);
        LogWriter writer = claim(both);
        LogReader reader = listening(both, writer);
        writer.close();
        first.close();
        BothSides again = over(store("data"));
        append(claim(again), "second");

        assertThat(values(readTo(reader, 2))).containsExactly("second");
    }

    @Test
    void anOwnerThatLostItsStoreIsNotMixedWithWhatItHad() {
        EmbeddedMechanism first = store("data");
        BothSides both = over(first);
        LogWriter writer = claim(both);
        LogReader reader = listening(both, writer);
        writer.close();
        first.close();
        BothSides other = over(store("other"));
        append(claim(other), "strange", "stranger");

        assertThatThrownBy(() -> readTo(reader, 2))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_DAMAGED))
                .hasMessageContaining(ITEM)
                .hasMessageContaining("lost its store");
        LogReader later = both.read(ITEM, 0, 1);
        open.add(later);
        assertThatThrownBy(() -> later.poll(1, MOMENT)).hasMessageContaining("lost its store");
        assertThat(values(readTo(read(other, 0), 2))).containsExactly("strange", "stranger");
    }

    @Test
    void anEarlierWritersBeatsCountForNothing() {
        EmbeddedMechanism store = store("data");
        BothSides both = over(store);
        LogWriter first = claim(both);
        LogReader reader = listening(both, first);
        LogWriter second = claim(both);
        append(second, "second");
        readTo(reader, 2);

        assertThatThrownBy(() -> append(first, "late")).hasRootCauseInstanceOf(FairleadException.class);
        ((Topic) carrier)
                .publish(ITEM, new Question(new byte[0], FeedFormat.pack(pageOfEpoch(first.epoch(), store))))
                .join();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        while (System.nanoTime() < until) {
            LogBatch batch = reader.poll(100, MOMENT);
            assertThat(batch.beat() == null || batch.beat().epoch() == second.epoch())
                    .isTrue();
            assertThat(batch.records()).isEmpty();
        }
    }

    @Test
    void whatALaterOwnerWritesIsNotToldByAnEarlierOneThatStillRuns() {
        BothSides both = over(store("data"));
        LogWriter first = claim(both);
        LogReader reader = listening(both, first);
        LogWriter second = claim(both);
        List<String> written =
                IntStream.range(0, 300).mapToObj(number -> "v" + number).toList();
        written.forEach(value -> append(second, value));

        assertThat(values(readTo(reader, 301))).containsExactlyElementsOf(written);
    }

    private static FeedPage pageOfEpoch(long epoch, EmbeddedMechanism store) {
        long lineage =
                store.committed(ITEM, "fairlead lineage", 0).orElseThrow().offset();
        LogRecord forged = new LogRecord(2, new byte[] {'k'}, new byte[0], new byte[0]);
        return new FeedPage(
                new FeedPage.Writer(lineage, epoch, 0),
                2,
                3,
                true,
                -1,
                new LogBatch(List.of(forged), store.bounds(ITEM, 0), new Beat(epoch, Instant.now(), 3)));
    }

    @Test
    void aCloseOrAnInterruptEndsAPoll() throws Exception {
        BothSides both = over(store("data"));
        LogWriter writer = claim(both);
        LogReader reader = listening(both, writer);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread polling = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    reader.poll(100, PATIENCE);
                }
            } catch (FairleadException e) {
                ended.complete(e);
            }
        });
        while (polling.getState() != Thread.State.TIMED_WAITING && polling.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        reader.close();

        assertThat(ended.get(1, TimeUnit.MINUTES))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CLOSED));
        LogReader interrupted = read(both, 0);
        readTo(interrupted, 1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> {
                    while (true) {
                        interrupted.poll(100, PATIENCE);
                    }
                })
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CLOSED));
        assertThat(Thread.interrupted()).isTrue();
    }
}
