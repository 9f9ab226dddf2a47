package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.Retention;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers, operators and time do to a topic. */
class KafkaFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String LOG = "shop.sale";

    private final String url = RealServer.KAFKA.shared().getOrDefault("url", "");
    private final String topics = "f" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
    private KafkaMechanism mechanism;

    @BeforeEach
    void open() {
        mechanism = Kafka.open(url, topics, "30s");
    }

    @AfterEach
    void close() {
        mechanism.close();
        Kafka.remove(url, topics);
    }

    private LogWriter defined(Retention retention) {
        mechanism.define(new LogDefinition(LOG, retention, Durability.D1));
        return mechanism.claim(LOG, "test");
    }

    @Test
    void aZombieOfAnotherProcessIsFenced() {
        LogWriter zombie = defined(new Retention.KeepAll());
        append(zombie, "1");
        try (KafkaMechanism other = Kafka.open(url, topics, "30s")) {
            LogWriter successor = other.claim(LOG, "successor");
            append(successor, "2");

            fails(ErrorCode.FENCED, () -> append(zombie, "lost"));
            fails(ErrorCode.FENCED, zombie::resume);
            append(successor, "3");
            try (LogReader reader = mechanism.read(LOG, 0, 0)) {
                assertThat(List.of(
                                Kafka.next(reader, PATIENCE),
                                Kafka.next(reader, PATIENCE),
                                Kafka.next(reader, PATIENCE)))
                        .containsExactly("1", "2", "3");
            }
        }
    }

    @Test
    void aTopicThatIsDeletedUnderneathIsReported() throws Exception {
        LogWriter writer = defined(new Retention.KeepAll());
        append(writer, "1");
        try (LogReader reader = mechanism.read(LOG, 0, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", url))) {
            assertThat(Kafka.next(reader, PATIENCE)).isEqualTo("1");
            admin.deleteTopics(List.of(topics + LOG)).all().get();

            Awaitility.await("what arrives before the broker has heard of it is still taken")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> fails(ErrorCode.STORAGE_DAMAGED, () -> append(writer, "lost")));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> fails(ErrorCode.STORAGE_DAMAGED, () -> Kafka.next(reader, PATIENCE)));
        }
    }

    @Test
    void whatAStrangerWritesStopsNobody() throws Exception {
        LogWriter writer = defined(new Retention.KeepAll());
        try (KafkaProducer<byte[], byte[]> stranger = new KafkaProducer<>(
                Map.of("bootstrap.servers", url), new ByteArraySerializer(), new ByteArraySerializer())) {
            stranger.send(new ProducerRecord<>(topics + LOG, null, null)).get();
            ProducerRecord<byte[], byte[]> poison =
                    new ProducerRecord<>(topics + LOG, "k".getBytes(UTF_8), new byte[] {(byte) 0xff, 0});
            poison.headers().add(new RecordHeader(Records.ENVELOPE, new byte[] {1, 2, 3}));
            stranger.send(poison).get();
            ProducerRecord<byte[], byte[]> wide =
                    new ProducerRecord<>(topics + LOG, new byte[LogEntry.MAX_KEY + 1], new byte[1]);
            stranger.send(wide).get();
        }
        append(writer, "own");
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            LogRecord nothing = Kafka.nextRecord(reader, PATIENCE);
            assertThat(nothing.isErased()).as("taken for an erased one").isFalse();
            assertThat(nothing.header()).isEmpty();
            LogRecord poison = Kafka.nextRecord(reader, PATIENCE);
            assertThat(poison.header()).containsExactly(1, 2, 3);
            assertThat(poison.payload()).containsExactly(0xff, 0);
            assertThat(Kafka.nextRecord(reader, PATIENCE).key()).hasSizeLessThan(LogEntry.MAX_KEY);
            assertThat(Kafka.next(reader, PATIENCE)).isEqualTo("own");
        }
    }

    @Test
    void aProgramWithoutFairleadReadsKeyAndValue() {
        LogWriter writer = defined(new Retention.KeepAll());
        append(writer, "plain");
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", url));
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> stranger =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            stranger.assign(List.of(new TopicPartition(topics + LOG, 0)));
            ConsumerRecord<byte[], byte[]> record = Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> stranger.poll(Duration.ofSeconds(1)).iterator(), found -> found.hasNext())
                    .next();

            assertThat(record.key()).isEqualTo("k".getBytes(UTF_8));
            assertThat(record.value()).isEqualTo("plain".getBytes(UTF_8));
            assertThat(record.headers().lastHeader(Records.ENVELOPE).value()).containsExactly(9);
        }
    }

    @Test
    void aReaderThatRetentionHasOvertakenIsToldTheStart() {
        LogWriter writer = defined(new Retention.KeepFor(Duration.ofSeconds(2)));
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            append(writer, "old");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> mechanism.bounds(LOG, 0).start() > 0);
            long start = mechanism.bounds(LOG, 0).start();
            append(writer, "young");

            LogRecord first = Kafka.nextRecord(reader, PATIENCE);
            assertThat(first.payload()).isEqualTo("young".getBytes(UTF_8));
            assertThat(first.emptyFrom()).as("where the reader could go on").isGreaterThanOrEqualTo(start);
        }
    }

    @Test
    void whatAsksForD2IsFlushedBeforeItIsAcknowledged() throws Exception {
        assertThat(append(defined(new Retention.KeepAll()), "1").durability()).isEqualTo(Durability.D1);
        assertThat(flushes(topics + LOG)).isNotEqualTo("1");

        mechanism.define(new LogDefinition(LOG, new Retention.KeepAll(), Durability.D2));
        mechanism.define(new QueueDefinition(LOG, Durability.D2));
        assertThat(append(mechanism.claim(LOG, "test"), "2").durability()).isEqualTo(Durability.D2);
        assertThat(mechanism
                        .send(LOG, new Question(new byte[0], new byte[0]))
                        .get()
                        .durability())
                .isEqualTo(Durability.D2);
        for (String topic : List.of(LOG, "Fairlead.queue." + LOG, "Fairlead.claims")) {
            assertThat(flushes(topics + topic)).as(topic).isEqualTo("1");
        }
        fails(
                ErrorCode.CAPABILITY,
                () -> mechanism.define(new LogDefinition(LOG, new Retention.KeepAll(), Durability.D3)));
    }

    private String flushes(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", url))) {
            return Objects.requireNonNull(
                            admin.describeConfigs(List.of(resource)).all().get().get(resource))
                    .get("flush.messages")
                    .value();
        }
    }

    @Test
    void aTopicWithSeveralPartitionsIsRefused() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", url))) {
            admin.createTopics(List.of(new NewTopic(topics + LOG, 3, (short) 1)))
                    .all()
                    .get();
        }
        fails(ErrorCode.PLAN, () -> defined(new Retention.KeepAll()));
    }

    private static Appended append(LogWriter writer, String value) {
        try {
            return writer.append(0, List.of(new LogEntry("k".getBytes(UTF_8), new byte[] {9}, value.getBytes(UTF_8))))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FairleadException known ? known : e;
        }
    }

    private static void fails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
