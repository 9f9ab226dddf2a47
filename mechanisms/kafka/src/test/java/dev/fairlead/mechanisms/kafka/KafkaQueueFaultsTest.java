package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.Sent;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.process.ChildJvm;
import dev.fairlead.testkit.workload.QueueMember;
import dev.fairlead.testkit.workload.QueueWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deaths, strangers and sheer numbers do to a queue. */
class KafkaQueueFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NAME = "shop.pay";

    private final ServerProcess server = RealServer.KAFKA.killable();
    private final String url = server.settings().getOrDefault("url", "");
    private final String prefix = "q" + Long.toHexString(System.nanoTime()) + "-";
    private final String topic = prefix + "Fairlead.queue." + NAME;
    private KafkaMechanism mechanism;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        mechanism = Kafka.open(url, prefix, "60s");
        mechanism.define(new QueueDefinition(NAME, Durability.D1));
    }

    @AfterEach
    void close() {
        mechanism.close();
        Kafka.remove(url, prefix);
    }

    private Map<String, String> settings() {
        return Map.of("url", url, "prefix", prefix, "timeout", "30s");
    }

    private static Question message(String text) {
        return new Question(new byte[] {1}, text.getBytes(UTF_8));
    }

    private static String text(Delivered delivered) {
        return new String(delivered.message().payload(), UTF_8);
    }

    private void send(int number) throws Exception {
        List<CompletableFuture<Sent>> sending = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            sending.add(mechanism.send(NAME, message("m" + i)));
        }
        for (CompletableFuture<Sent> each : sending) {
            each.get(2, TimeUnit.MINUTES);
        }
    }

    @Test
    void nothingIsLostOrDoneTwiceWhenTheServerIsKilledUnderLoad() throws Exception {
        AtomicBoolean disturbed = new AtomicBoolean();
        CompletableFuture<Verdict> judged = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> judged.completeAsync(
                        () -> QueueWorkload.run(
                                mechanism, Durability.D1, 1, folder.resolve("history"), () -> !disturbed.get()),
                        Runnable::run));
        for (int round = 0; round < 3; round++) {
            long end = end();
            Awaitility.await().atMost(PATIENCE).until(() -> end() > end + 200);
            assertThat(judged).as("the workload, at kill " + round).isNotDone();
            server.kill();
            server.restart();
        }
        disturbed.set(true);
        Verdict verdict = judged.get(6, TimeUnit.MINUTES);

        assertThat(verdict.witnesses()).isEmpty();
        assertThat(verdict.judged()).contains(Rule.A1, Rule.A10, Rule.A15);
        assertThat(verdict.valid(5000, 0)).isTrue();
    }

    /** How far the queue of the workload goes. */
    private long end() throws Exception {
        TopicPartition partition = new TopicPartition(prefix + "Fairlead.queue.kafka.workload-queue", 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", url))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (java.util.concurrent.ExecutionException notYet) {
            return 0;
        }
    }

    @Test
    void whatAKilledMemberHeldComesToAnotherAndWhatItDidDoesNot() throws Exception {
        send(200);
        Set<String> done = new HashSet<>();
        try (ChildJvm child = QueueMember.working(KafkaMechanism.NAME, settings(), NAME)) {
            while (done.size() < 40) {
                done.add(child.line());
            }
            child.kill();
            for (String line = child.line(); line != null; line = child.line()) {
                done.add(line);
            }
        }
        Set<String> came = new HashSet<>();
        QueueReceiver receiver = mechanism.receive(NAME, Duration.ofMinutes(1));
        Awaitility.await().atMost(PATIENCE).until(() -> {
            for (Delivered each : receiver.poll(50, Duration.ofSeconds(1))) {
                assertThat(came.add(text(each)))
                        .as(text(each) + " for the first time")
                        .isTrue();
                each.acknowledge().get(1, TimeUnit.MINUTES);
            }
            return mechanism.depth(NAME).equals(new QueueDepth(0, 0, 0, 0));
        });
        assertThat(came).doesNotContainAnyElementsOf(done);
        came.addAll(done);
        // what it acknowledged and had not yet said when it was killed is neither here nor there
        assertThat(came.size()).isBetween(195, 200);
    }

    @Test
    void aZombieIsFencedOnItsLogAndOnItsMessage() throws Exception {
        mechanism.define(new LogDefinition(NAME, new Retention.KeepAll(), Durability.D1));
        send(1);
        try (ChildJvm zombie = QueueMember.holding(KafkaMechanism.NAME, settings(), NAME)) {
            zombie.pause();
            LogWriter writer = mechanism.claim(NAME, "successor");
            writer.append(0, List.of(new LogEntry(new byte[] {'k'}, new byte[0], "mine".getBytes(UTF_8))))
                    .get(2, TimeUnit.MINUTES);
            QueueReceiver receiver = mechanism.receive(NAME, Duration.ofMinutes(5));
            Delivered again = receiver.poll(1, PATIENCE).getFirst();
            assertThat(again.attempt()).isEqualTo(2);
            zombie.resume();
            zombie.tell();

            assertThat(zombie.line()).isEqualTo("FENCED FENCED");
            again.acknowledge().get(1, TimeUnit.MINUTES);
        }
        try (LogReader reader = mechanism.read(NAME, 0, 0)) {
            assertThat(Kafka.next(reader, PATIENCE)).isEqualTo("of the child");
            assertThat(Kafka.next(reader, PATIENCE)).isEqualTo("mine");
            assertThat(mechanism.bounds(NAME, 0).end()).isLessThanOrEqualTo(reader.next() + 1);
        }
    }

    @Test
    void whatDoesNotFitIntoMemoryIsReadAgain() throws Exception {
        byte[] large = new byte[Question.MAX_PAYLOAD];
        for (int i = 0; i < 40; i++) {
            large[0] = (byte) i;
            mechanism.send(NAME, new Question(new byte[] {1}, large.clone())).get(1, TimeUnit.MINUTES);
        }
        QueueReceiver receiver = mechanism.receive(NAME, Duration.ofMinutes(5));
        for (int i = 0; i < 40; ) {
            for (Delivered each : receiver.poll(7, PATIENCE)) {
                assertThat(each.message().payload()).hasSize(large.length);
                assertThat(each.message().payload()[0]).isEqualTo((byte) i++);
                each.acknowledge();
            }
        }
    }

    @Test
    void whatNobodyNeedsGoesAndWhatSomebodyNeedsStays() throws Exception {
        QueueReceiver receiver = mechanism.receive(NAME, Duration.ofMinutes(5));
        send(1);
        receiver.poll(1, PATIENCE).getFirst().setAside("poison").get(1, TimeUnit.MINUTES);
        mechanism
                .deadLetters(NAME)
                .dismiss(mechanism.deadLetters(NAME).list(-1, 1).getFirst().number(), "no use");
        for (int round = 0; round < 2; round++) {
            send(15_000);
            List<CompletableFuture<Void>> settling = new ArrayList<>();
            while (settling.size() < 15_000) {
                receiver.poll(1024, PATIENCE).forEach(each -> settling.add(each.acknowledge()));
            }
            for (CompletableFuture<Void> each : settling) {
                each.get(1, TimeUnit.MINUTES);
            }
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", url))) {
            TopicPartition partition = new TopicPartition(topic, 0);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                                    .partitionResult(partition)
                                    .get()
                                    .offset()
                            > 0);
        }
        try (KafkaMechanism other = Kafka.open(url, prefix, "60s")) {
            assertThat(other.depth(NAME)).isEqualTo(new QueueDepth(0, 0, 0, 0));
            assertThat(other.deadLetters(NAME).dismissals()).hasSize(1);
            other.send(NAME, message("last")).get(1, TimeUnit.MINUTES);
        }
        assertThat(text(receiver.poll(1, PATIENCE).getFirst())).isEqualTo("last");
    }

    @Test
    void whatStrangersWriteStopsNobody() throws Exception {
        try (KafkaProducer<byte[], byte[]> stranger = new KafkaProducer<>(
                Map.of("bootstrap.servers", url), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] value : new byte[][] {null, {}, {1}, {1, 0, 0}, {99}, {2, 1, 1, 1}}) {
                ProducerRecord<byte[], byte[]> poison = new ProducerRecord<>(topic, value);
                poison.headers().add(new RecordHeader(QueueWriter.STEP, new byte[24]));
                stranger.send(poison).get();
                ProducerRecord<byte[], byte[]> nameless = new ProducerRecord<>(topic, value);
                nameless.headers().add(new RecordHeader(QueueWriter.STEP, null));
                stranger.send(nameless).get();
            }
            ProducerRecord<byte[], byte[]> odd = new ProducerRecord<>(topic, new byte[] {(byte) 0xff});
            odd.headers().add(new RecordHeader(Records.ENVELOPE, null));
            odd.headers().add(new RecordHeader(Records.NOT_BEFORE, new byte[] {(byte) 0xff}));
            odd.headers().add(new RecordHeader("ce_specversion", new byte[] {(byte) 0xff}));
            stranger.send(odd).get();
        }
        send(1);
        QueueReceiver receiver = mechanism.receive(NAME, Duration.ofMinutes(5));
        Delivered strange = receiver.poll(1, PATIENCE).getFirst();
        assertThat(strange.message().payload()).containsExactly(0xff);
        assertThat(strange.message().header()).isEmpty();
        assertThat(text(receiver.poll(1, PATIENCE).getFirst())).isEqualTo("m0");
    }

    @Test
    void aTopicThatIsDeletedUnderneathIsReported() throws Exception {
        send(1);
        QueueReceiver receiver = mechanism.receive(NAME, Duration.ofMinutes(5));
        receiver.poll(1, PATIENCE).getFirst().acknowledge().get(1, TimeUnit.MINUTES);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", url))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
        assertThatThrownBy(() -> receiver.poll(1, PATIENCE))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_DAMAGED));
    }
}
