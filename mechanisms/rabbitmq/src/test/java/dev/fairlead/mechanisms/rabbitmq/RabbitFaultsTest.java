package dev.fairlead.mechanisms.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.stream.ByteCapacity;
import com.rabbitmq.stream.Environment;
import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.OffsetSpecification;
import com.rabbitmq.stream.Producer;
import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.cloudevents.CloudEvent;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import dev.fairlead.testkit.faults.TcpProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers, operators and networks do to streams and queues. */
class RabbitFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String LOG = "shop.sale";
    private static final String QUEUE = "shop.pay";

    private final Map<String, String> server = Rabbit.neverKilled(RealServer.RABBITMQ.shared());
    private final int port = Integer.parseInt(server.getOrDefault("stream-port", "5552"));
    private final String prefix = "f" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
    private RabbitMechanism mechanism;

    @BeforeEach
    void open() {
        mechanism = Rabbit.open(server, prefix, "30s");
    }

    @AfterEach
    void close() {
        mechanism.close();
        new RabbitProvider().remove(Rabbit.opening(server, prefix, "30s"));
    }

    private LogWriter defined() {
        mechanism.define(new LogDefinition(LOG, new Retention.KeepAll(), Durability.D1));
        return mechanism.claim(LOG, "test");
    }

    private List<String> read(RabbitMechanism from, int count) {
        try (LogReader reader = from.read(LOG, 0, 0)) {
            return Stream.generate(() -> Rabbit.next(reader, PATIENCE))
                    .limit(count)
                    .toList();
        }
    }

    @Test
    void aZombieOfAnotherProcessIsFenced() {
        LogWriter zombie = defined();
        Rabbit.append(zombie, "1");
        try (RabbitMechanism other = Rabbit.open(server, prefix, "30s")) {
            LogWriter successor = other.claim(LOG, "successor");
            Rabbit.append(successor, "2");

            fails(ErrorCode.FENCED, () -> Rabbit.append(zombie, "lost"));
            fails(ErrorCode.FENCED, zombie::resume);
            Rabbit.append(successor, "3");
            assertThat(read(mechanism, 3)).containsExactly("1", "2", "3");
        }
    }

    @Test
    void whatAZombieSentBeforeItWasCutOffNeverStandsBehindALaterClaim() throws Exception {
        defined().close();
        try (TcpProxy proxy = TcpProxy.to(port)) {
            Map<String, String> through = new HashMap<>(server);
            through.put("stream-port", Integer.toString(proxy.port()));
            try (RabbitMechanism slow = Rabbit.open(through, prefix, "60s")) {
                LogWriter zombie = slow.claim(LOG, "zombie");
                Rabbit.append(zombie, "1");
                proxy.blackHole(true);
                CompletableFuture<?> late = zombie.append(0, List.of(Rabbit.entry("late")));
                LogWriter successor = mechanism.claim(LOG, "successor");
                Rabbit.append(successor, "2");
                proxy.blackHole(false);

                assertThatThrownBy(() -> late.get(2, TimeUnit.MINUTES))
                        .cause()
                        .isInstanceOfSatisfying(
                                FairleadException.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FENCED));
                Rabbit.append(successor, "3");
                assertThat(read(mechanism, 3)).containsExactly("1", "2", "3");
            }
        }
    }

    @Test
    void anAppendWhoseAnswerWasLostStandsOnce() throws Exception {
        defined().close();
        try (TcpProxy proxy = TcpProxy.to(port)) {
            Map<String, String> through = new HashMap<>(server);
            through.put("stream-port", Integer.toString(proxy.port()));
            try (RabbitMechanism cut = Rabbit.open(through, prefix, "30s")) {
                LogWriter writer = cut.claim(LOG, "cut");
                Rabbit.append(writer, "1");
                proxy.cutAnswerTo(request -> new String(request, UTF_8).contains("two-and-no-more"));
                Rabbit.append(writer, "two-and-no-more");
                assertThat(proxy.cuts()).as("how often the answer was cut").isEqualTo(1);
                proxy.cutAnswerTo(request -> false);
                Rabbit.append(writer, "3");
                assertThat(read(mechanism, 3)).containsExactly("1", "two-and-no-more", "3");
            }
        }
    }

    @Test
    void everyCallEndsInTimeWhenTheServerFallsSilent() throws Exception {
        defined().close();
        Duration timeout = Duration.ofSeconds(3);
        try (TcpProxy proxy = TcpProxy.to(port)) {
            Map<String, String> through = new HashMap<>(server);
            through.put("stream-port", Integer.toString(proxy.port()));
            try (RabbitMechanism silent = Rabbit.open(through, prefix, "3s")) {
                LogWriter writer = silent.claim(LOG, "silent");
                Rabbit.append(writer, "1");
                proxy.blackHole(true);
                long begin = System.nanoTime();
                CompletableFuture<?> append = writer.append(0, List.of(Rabbit.entry("2")));
                assertThatThrownBy(() -> append.get(2, TimeUnit.MINUTES))
                        .cause()
                        .isInstanceOfSatisfying(
                                FairleadException.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
                assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .as("twice the time-out, and what a busy machine needs")
                        .isLessThan(timeout.multipliedBy(2).plusSeconds(2));
                fails(ErrorCode.UNREACHABLE, () -> silent.bounds(LOG, 0));
                proxy.blackHole(false);
                proxy.reset();
                Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                    writer.resume();
                    return true;
                });
                Rabbit.append(writer, "3");
                List<String> all = read(mechanism, 2);
                assertThat(all.getFirst()).isEqualTo("1");
                assertThat(all.getLast()).isIn("2", "3");
            }
        }
    }

    @Test
    void aStreamThatIsDeletedUnderneathIsReported() {
        LogWriter writer = defined();
        Rabbit.append(writer, "1");
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            assertThat(Rabbit.next(reader, PATIENCE)).isEqualTo("1");
            ServerQueues.delete(prefix + LOG, server);

            Awaitility.await("what arrives before the stream has stopped is still taken")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> fails(ErrorCode.STORAGE_DAMAGED, () -> Rabbit.append(writer, "lost")));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> fails(ErrorCode.STORAGE_DAMAGED, () -> Rabbit.next(reader, PATIENCE)));
        }
    }

    @Test
    void aReaderThatRetentionHasOvertakenIsToldTheStart() {
        try (Environment environment =
                Environment.builder().host("127.0.0.1").port(port).build()) {
            environment
                    .streamCreator()
                    .name(prefix + LOG)
                    .maxLengthBytes(ByteCapacity.kB(40))
                    .maxSegmentSizeBytes(ByteCapacity.kB(10))
                    .create();
            ServerQueues.publish(prefix + LOG, server, "old");
            LogWriter writer = mechanism.claim(LOG, "test");
            try (LogReader early = mechanism.read(LOG, 0, 0)) {
                assertThat(Rabbit.nextRecord(early, PATIENCE).offset()).isZero();
            }
            String large = "x".repeat(2000);
            Awaitility.await().atMost(PATIENCE).until(() -> {
                Rabbit.append(writer, large);
                return mechanism.bounds(LOG, 0).start() > 20;
            });
            try (LogReader overtaken = mechanism.read(LOG, 0, 1)) {
                LogRecord first = Rabbit.nextRecord(overtaken, PATIENCE);
                assertThat(first.emptyFrom()).as("where the reader could go on").isGreaterThan(20);
                assertThat(first.offset()).isGreaterThanOrEqualTo(first.emptyFrom());
                assertThat(overtaken.poll(1, Duration.ZERO).bounds().start())
                        .as("the start that tells of the loss")
                        .isGreaterThan(20);
            }
            environment.deleteStream(prefix + LOG);
        }
    }

    @Test
    void aQueueThatIsDeletedUnderneathIsReported() {
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        try (QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1))) {
            ServerQueues.delete(prefix + QUEUE + ":queue", server);

            assertThatThrownBy(() -> mechanism
                            .send(QUEUE, new Question(new byte[0], new byte[1]))
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(
                            FairleadException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_DAMAGED));
            fails(ErrorCode.STORAGE_DAMAGED, () -> receiver.poll(1, Duration.ZERO));
        }
    }

    @Test
    void whatAStrangerWritesIntoAStreamStopsNobody() throws Exception {
        LogWriter writer = defined();
        try (Connection stranger = ServerQueues.connect(server);
                Channel channel = stranger.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish("", prefix + LOG, null, new byte[0]);
            channel.basicPublish(
                    "",
                    prefix + LOG,
                    new AMQP.BasicProperties.Builder()
                            .headers(Map.of(
                                    Records.ENVELOPE,
                                    new byte[] {1, 2, 3},
                                    Records.KEY,
                                    new byte[LogEntry.MAX_KEY + 1],
                                    "other",
                                    List.of(1, "two")))
                            .build(),
                    new byte[] {(byte) 0xff, 0});
            channel.waitForConfirmsOrDie();
        }
        Rabbit.append(writer, "own");
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            LogRecord nothing = Rabbit.nextRecord(reader, PATIENCE);
            assertThat(nothing.isErased()).as("taken for an erased one").isFalse();
            assertThat(nothing.header()).isEmpty();
            LogRecord poison = Rabbit.nextRecord(reader, PATIENCE);
            assertThat(poison.isErased()).as("taken for an erased one").isFalse();
            assertThat(poison.payload()).as("what breaks the limits").isEmpty();
            assertThat(Rabbit.next(reader, PATIENCE)).isEqualTo("own");
        }
    }

    @Test
    void aProgramWithoutFairleadReadsAStream() throws Exception {
        LogWriter writer = defined();
        Rabbit.append(writer, "plain");
        writer.append(0, List.of(Rabbit.entry("both"), Rabbit.entry("together")))
                .join();
        BlockingQueue<Message> came = new LinkedBlockingQueue<>();
        try (Environment environment =
                Environment.builder().host("127.0.0.1").port(port).build()) {
            environment.consumerBuilder().stream(prefix + LOG)
                    .offset(OffsetSpecification.first())
                    .messageHandler((context, message) -> came.add(message))
                    .build();
            for (String expected : List.of("plain", "both", "together")) {
                Message message = came.poll(1, TimeUnit.MINUTES);
                while (message != null && Records.mark(message) != null) {
                    message = came.poll(1, TimeUnit.MINUTES);
                }
                assertThat(message).as(expected).isNotNull();
                assertThat(message.getBodyAsBinary()).isEqualTo(expected.getBytes(UTF_8));
                assertThat(message.getApplicationProperties())
                        .containsEntry(Records.KEY, "k".getBytes(UTF_8))
                        .containsEntry(Records.ENVELOPE, new byte[] {9});
            }
        }
    }

    @Test
    void cloudEventsGoBothWaysInAStream() throws Exception {
        LogWriter writer = defined();
        CloudEvent event = new CloudEvent(LOG, "Sold", "k/1", 1, 1, Instant.EPOCH, null, "application/json");
        writer.append(0, List.of(new LogEntry("k".getBytes(UTF_8), new byte[] {9}, "{}".getBytes(UTF_8), event)))
                .join();
        BlockingQueue<Message> came = new LinkedBlockingQueue<>();
        try (Environment environment =
                        Environment.builder().host("127.0.0.1").port(port).build();
                Producer stranger =
                        environment.producerBuilder().stream(prefix + LOG).build()) {
            stranger.send(
                    stranger.messageBuilder()
                            .properties()
                            .contentType("text/plain")
                            .messageBuilder()
                            .applicationProperties()
                            .entry("cloudEvents:specversion", "1.0")
                            .entry("cloudEvents:id", "7")
                            .entry("cloudEvents:source", "/till")
                            .entry("cloudEvents:type", "Sold")
                            .entry("cloudEvents:partitionkey", "foreign")
                            .messageBuilder()
                            .addData("two".getBytes(UTF_8))
                            .build(),
                    status -> {});
            environment.consumerBuilder().stream(prefix + LOG)
                    .offset(OffsetSpecification.first())
                    .messageHandler((context, message) -> came.add(message))
                    .build();
            Message own = came.poll(1, TimeUnit.MINUTES);
            while (own != null && Records.mark(own) != null) {
                own = came.poll(1, TimeUnit.MINUTES);
            }
            assertThat(own).isNotNull();
            assertThat(own.getProperties().getContentType()).isEqualTo("application/json");
            assertThat(own.getApplicationProperties())
                    .containsEntry("cloudEvents:type", "shop.sale.Sold")
                    .containsEntry("cloudEvents:source", "fairlead:shop.sale")
                    .doesNotContainKey("cloudEvents:datacontenttype");
        }
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            assertThat(Rabbit.nextRecord(reader, PATIENCE).header()).containsExactly(9);
            LogRecord foreign = Rabbit.nextRecord(reader, PATIENCE);
            assertThat(foreign.key()).isEqualTo("foreign".getBytes(UTF_8));
            CloudEvent read = ForeignHeader.read(LOG, foreign.header(), foreign.key(), foreign.payload());
            assertThat(read.type()).isEqualTo("Sold");
            assertThat(read.id()).isEqualTo("7");
            assertThat(read.mediaType()).isEqualTo("text/plain");
        }
    }

    @Test
    void cloudEventsGoBothWaysInAQueueAndSurviveGivingBack() throws Exception {
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        CloudEvent event = new CloudEvent(QUEUE, "told", "1", 0, 0, null, null, "application/json");
        mechanism
                .send(QUEUE, new Question(new byte[] {7}, "{}".getBytes(UTF_8), event))
                .join();
        try (QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1));
                Connection plain = ServerQueues.connect(server);
                Channel channel = plain.createChannel()) {
            receiver.poll(1, PATIENCE).getFirst().giveBack(Duration.ZERO).join();
            GetResponse got = channel.basicGet(prefix + QUEUE + ":queue", true);
            assertThat(got.getProps().getContentType()).isEqualTo("application/json");
            assertThat(got.getProps().getHeaders().get("cloudEvents:type")).hasToString("shop.pay.told");

            channel.basicPublish(
                    "",
                    prefix + QUEUE + ":queue",
                    new AMQP.BasicProperties.Builder()
                            .headers(Map.of(
                                    "cloudEvents:specversion", "1.0",
                                    "cloudEvents:id", "7",
                                    "cloudEvents:source", "/till",
                                    "cloudEvents:type", "told"))
                            .build(),
                    new byte[0]);
            byte[] header = receiver.poll(1, PATIENCE).getFirst().message().header();
            assertThat(ForeignHeader.read(QUEUE, header, new byte[0], new byte[0])
                            .id())
                    .isEqualTo("7");
        }
    }

    @Test
    void aProgramWithoutFairleadSendsAndReceivesMessages() throws Exception {
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        try (Connection plain = ServerQueues.connect(server);
                Channel channel = plain.createChannel()) {
            mechanism
                    .send(QUEUE, new Question(new byte[] {7}, "from here".getBytes(UTF_8)))
                    .join();
            GetResponse got = channel.basicGet(prefix + QUEUE + ":queue", true);
            assertThat(got.getBody()).isEqualTo("from here".getBytes(UTF_8));
            assertThat(got.getProps().getHeaders()).containsEntry(Messages.ENVELOPE, new byte[] {7});

            channel.confirmSelect();
            channel.basicPublish("", prefix + QUEUE + ":queue", null, "from there".getBytes(UTF_8));
            channel.waitForConfirmsOrDie();
        }
        try (QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1))) {
            Delivered message = receiver.poll(1, PATIENCE).getFirst();
            assertThat(message.message().payload()).isEqualTo("from there".getBytes(UTF_8));
            assertThat(message.message().header()).isEmpty();
            message.setAside("unknown").join();
        }
        DeadLetter letter =
                mechanism.deadLetters(QUEUE).list(DeadLetters.START, 1).getFirst();
        assertThat(letter.message().payload()).isEqualTo("from there".getBytes(UTF_8));
    }

    @Test
    void whatIsSetAsideIsNotHandedOutAgainWhenItsReceiverDiesInTheMiddle() {
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        mechanism
                .send(QUEUE, new Question(new byte[0], "poison".getBytes(UTF_8)))
                .join();
        try (RabbitMechanism dying = Rabbit.open(server, prefix, "30s")) {
            Held held = (Held) dying.receive(QUEUE, Duration.ofMinutes(1))
                    .poll(1, PATIENCE)
                    .getFirst();
            // The first half of what setAside does, after which the process is killed.
            held.queue()
                    .opening()
                    .sender()
                    .send("queue", held.queue().names().dead(), Letters.letter(held, "poison", Instant.EPOCH))
                    .join();
        }
        try (QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1))) {
            assertThat(mechanism.deadLetters(QUEUE).list(DeadLetters.START, 10)).hasSize(1);
            Awaitility.await().atMost(PATIENCE).until(() -> {
                assertThat(receiver.poll(1, Duration.ofMillis(50))).isEmpty();
                QueueDepth left = mechanism.depth(QUEUE);
                return left.waiting() + left.held() == 0;
            });
        }
    }

    @Test
    void whatTheServerItselfDropsBecomesADeadLetter() throws Exception {
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        mechanism
                .send(QUEUE, new Question(new byte[] {7}, "rejected".getBytes(UTF_8)))
                .join();
        try (Connection plain = ServerQueues.connect(server);
                Channel channel = plain.createChannel()) {
            GetResponse got = channel.basicGet(prefix + QUEUE + ":queue", false);
            channel.basicReject(got.getEnvelope().getDeliveryTag(), false);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> mechanism.depth(QUEUE).dead() == 1);
        }
        DeadLetter letter =
                mechanism.deadLetters(QUEUE).list(DeadLetters.START, 1).getFirst();
        assertThat(letter.error()).isEqualTo("set aside by the server: rejected");
        assertThat(letter.message().header()).containsExactly(7);
        assertThat(letter.message().payload()).isEqualTo("rejected".getBytes(UTF_8));
    }

    private static void fails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
