package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.PATIENCE;
import static dev.fairlead.mechanisms.embedded.Records.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Rows of a queue that are not what the store has written, or not what it remembers. */
class QueueRowsTest {
    private static final String QUEUE = "billing.charge";
    private static final Duration LEASE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private interface Change {
        void to(WriteBatch batch, Handles handles, OpenQueue queue) throws RocksDBException;
    }

    /** Writes past the committer, which must have nothing to do meanwhile. */
    private void change(TimeSource time, Change change) {
        try (Stores.Lease lease = Stores.folder(folder.resolve("data"), time);
                WriteBatch batch = new WriteBatch()) {
            Store store = lease.store();
            change.to(batch, store.database().handles(), store.queues().get(QUEUE));
            store.database().write(batch, Durability.D1);
        } catch (RocksDBException e) {
            throw new AssertionError(e);
        }
    }

    private void put(Kind kind, long number, byte[] row) {
        change(
                TimeSource.SYSTEM,
                (batch, handles, queue) ->
                        batch.put(handles.family(Family.MESSAGES), QueueKeys.key(queue.id(), kind, number), row));
    }

    private EmbeddedMechanism open() {
        EmbeddedMechanism mechanism = Records.open(folder, Durability.D1);
        mechanism.define(new QueueDefinition(QUEUE, Durability.D1));
        return mechanism;
    }

    private static Question message(String text) {
        return new Question(new byte[] {1}, text.getBytes(UTF_8));
    }

    private static void send(EmbeddedMechanism mechanism, String... texts) {
        for (String text : texts) {
            mechanism.send(QUEUE, message(text)).join();
        }
    }

    private static List<Delivered> take(QueueReceiver receiver, int number) {
        List<Delivered> taken = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            taken.addAll(receiver.poll(number, Duration.ofMillis(20)));
            return taken.size() >= number;
        });
        return taken;
    }

    private static String text(Delivered delivered) {
        return new String(delivered.message().payload(), UTF_8);
    }

    private static byte[] garbage(String kind) {
        return switch (kind) {
            case "short" -> new byte[] {1, 2, 3};
            case "empty" -> new byte[0];
            case "endless" ->
                new byte[] {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 127, 127, 127, 127, 127, 127, 127, 127, 5};
            default -> new byte[] {-1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, -1, 0, 0, 1, -1, 0, 0, 1, 5};
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "empty", "endless", "negative"})
    void aGarbledMessageIsSetAsideWithItsBytesAndStopsNoOther(String kind) {
        try (EmbeddedMechanism mechanism = open()) {
            send(mechanism, "a", "b", "c");
        }
        put(Kind.READY, 1, garbage(kind));
        try (EmbeddedMechanism mechanism = open()) {
            QueueReceiver receiver = mechanism.receive(QUEUE, LEASE);
            List<Delivered> taken = take(receiver, 2);
            assertThat(taken).extracting(QueueRowsTest::text).containsExactly("a", "c");
            taken.forEach(each -> each.acknowledge().join());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 1)));
        }
        try (EmbeddedMechanism mechanism = open()) {
            DeadLetter letter = mechanism.deadLetters(QUEUE).list(-1, 10).getFirst();
            assertThat(letter.error()).contains("garbled");
            assertThat(letter.message().payload()).isEqualTo(garbage(kind));
            mechanism.deadLetters(QUEUE).dismiss(letter.number(), "looked at");
            assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
        }
    }

    @Test
    void aGarbledMessageThatBecomesDueDisturbsNeitherTheOthersNorAnyWriter() {
        SettableTime time = SettableTime.create();
        Instant due = time.now().plusSeconds(3600);
        try (EmbeddedMechanism mechanism = Records.open(folder, Durability.D1, time)) {
            mechanism.define(new QueueDefinition(QUEUE, Durability.D1));
            for (String text : List.of("a", "b", "c")) {
                mechanism.send(QUEUE, message(text), due).join();
            }
            change(
                    time,
                    (batch, handles, queue) -> batch.put(
                            handles.family(Family.MESSAGES),
                            QueueKeys.key(queue.id(), Kind.LATER, QueueScan.nextDue(handles, queue.id(), 0), 0),
                            garbage("endless")));
            LogWriter writer = Records.writer(mechanism, "a", Durability.D1);
            time.advance(Duration.ofSeconds(3601));
            for (int i = 0; i < 100; i++) {
                Records.append(writer, "k", "written meanwhile");
            }
            assertThat(take(mechanism.receive(QUEUE, LEASE), 2))
                    .extracting(QueueRowsTest::text)
                    .containsExactly("b", "c");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 2, 1)));
        }
    }

    @Test
    void aGarbledDeadLetterIsListedAndCannotBeSentAgain() {
        try (EmbeddedMechanism mechanism = open()) {
            send(mechanism, "a", "b");
            take(mechanism.receive(QUEUE, LEASE), 2)
                    .forEach(each -> each.setAside("why").join());
            put(Kind.DEAD, 0, garbage("short"));
            DeadLetters letters = mechanism.deadLetters(QUEUE);
            assertThat(letters.list(-1, 10))
                    .extracting(letter -> new String(letter.message().payload(), UTF_8))
                    .containsExactly(new String(garbage("short"), UTF_8), "b");
            failure(ErrorCode.STORAGE_DAMAGED, () -> letters.redrive(List.of(0L, 1L)));
            assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 2));
            assertThat(letters.redrive(List.of(1L))).isEqualTo(1);
            letters.dismiss(0, "nobody can read it");
            assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(1, 0, 0, 0));
        }
    }

    /** Nobody can say that a garbled message is not about the key. */
    @Test
    void anErasureThatMeetsAGarbledMessageFailsAndErasesNothing() {
        try (EmbeddedMechanism mechanism = open()) {
            send(mechanism, "a", "b", "c");
            put(Kind.READY, 2, garbage("short"));
            failure(ErrorCode.STORAGE_DAMAGED, () -> mechanism.erase(QUEUE, message -> true));
            assertThat(mechanism.depth(QUEUE).waiting()).isEqualTo(3);
            assertThat(take(mechanism.receive(QUEUE, LEASE), 2))
                    .extracting(QueueRowsTest::text)
                    .startsWith("a", "b");
        }
    }

    /** As after a write of unknown outcome: here it had settled two messages, of which one was given back, and sent one. */
    @Test
    void aQueueTakesOverWhatAnUnknownWriteHasLeft() {
        try (EmbeddedMechanism mechanism = open()) {
            send(mechanism, "a", "b", "c", "d");
            QueueReceiver receiver = mechanism.receive(QUEUE, LEASE);
            List<Delivered> taken = take(receiver, 3);
            taken.get(2).giveBack(Duration.ZERO).join();
            change(TimeSource.SYSTEM, (batch, handles, queue) -> {
                QueueRow row = queue.row();
                for (long place : new long[] {0, 2}) {
                    batch.delete(handles.family(Family.MESSAGES), QueueKeys.key(queue.id(), Kind.READY, place));
                }
                batch.put(
                        handles.family(Family.MESSAGES),
                        QueueKeys.key(queue.id(), Kind.READY, row.next()),
                        new StoredMessage(0, 0, "", message("e")).bytes());
                batch.put(
                        handles.family(Family.QUEUES),
                        Keys.name(QUEUE),
                        new QueueRow(
                                        row.id(),
                                        row.definition(),
                                        row.next() + 1,
                                        row.ready() - 1,
                                        row.later(),
                                        row.dead(),
                                        row.nextDead())
                                .bytes());
            });
            try (Stores.Lease lease = Stores.folder(folder.resolve("data"), TimeSource.SYSTEM)) {
                lease.store().queues().adopt();
            }

            assertThat(failure(taken.get(0).acknowledge()).code()).isEqualTo(ErrorCode.FENCED);
            taken.get(1).acknowledge().join();
            List<Delivered> rest = take(receiver, 2);
            assertThat(rest).extracting(QueueRowsTest::text).containsExactly("d", "e");
            rest.forEach(each -> each.acknowledge().join());
            assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
        }
    }
}
