package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.faults.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network between the mechanism and its server that is slow, dumb, or breaks in the worst moment. */
class KafkaProxyTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** Twice the time-out is the promise; the rest is for a machine that is busy. */
    private static final Duration LONGEST = TIMEOUT.multipliedBy(2).plusSeconds(6);

    private static final Predicate<byte[]> COMMIT = request(26);
    private static final Predicate<byte[]> PRODUCE = request(0);
    private static final String NAME = "shop.sale";
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final ServerProcess server = RealServer.KAFKA_BEHIND_PROXY.killable();
    private final String url = server.settings().getOrDefault("url", "");
    private final String prefix = "n" + Long.toHexString(System.nanoTime()) + "-";
    private TcpProxy proxy;
    private KafkaMechanism mechanism;

    @BeforeEach
    void open() {
        proxy = TcpProxy.at(Integer.parseInt(url.substring(url.indexOf(':') + 1)), server.port());
        mechanism = Kafka.open(url, prefix, TIMEOUT.toSeconds() + "s");
    }

    @AfterEach
    void close() {
        mechanism.close();
        proxy.close();
    }

    /** The kind of a request stands behind its length. */
    private static Predicate<byte[]> request(int kind) {
        return data -> data.length > 6 && data[4] == 0 && data[5] == kind;
    }

    private LogWriter log() {
        mechanism.define(new LogDefinition(NAME, new Retention.KeepAll(), Durability.D1));
        return mechanism.claim(NAME, "test");
    }

    private QueueReceiver queue() {
        mechanism.define(new QueueDefinition(NAME, Durability.D1));
        return mechanism.receive(NAME, LEASE);
    }

    private static List<LogEntry> entry(String value) {
        return List.of(new LogEntry("k".getBytes(UTF_8), new byte[] {1}, value.getBytes(UTF_8)));
    }

    private void send(String text) throws Exception {
        mechanism.send(NAME, new Question(new byte[] {1}, text.getBytes(UTF_8))).get(1, TimeUnit.MINUTES);
    }

    private static Delivered take(QueueReceiver receiver, String text) {
        List<Delivered> taken = receiver.poll(1, PATIENCE);
        assertThat(taken).hasSize(1);
        assertThat(new String(taken.getFirst().message().payload(), UTF_8)).isEqualTo(text);
        return taken.getFirst();
    }

    @Test
    void anAppendOfWhichTheCommitsAnswerWasLostIsThereOnce() throws Exception {
        LogWriter writer = log();
        writer.append(0, entry("1")).get(1, TimeUnit.MINUTES);
        proxy.cutAnswerTo(COMMIT);
        writer.append(0, entry("2")).get(1, TimeUnit.MINUTES);
        writer.append(0, entry("3")).get(1, TimeUnit.MINUTES);

        assertThat(proxy.cuts()).isEqualTo(1);
        try (LogReader reader = mechanism.read(NAME, 0, 0)) {
            for (String expected : List.of("1", "2", "3")) {
                assertThat(Kafka.next(reader, PATIENCE)).isEqualTo(expected);
            }
        }
    }

    @Test
    void whatIsSetAsideIsADeadLetterOnceWhenTheAnswerIsLost() throws Exception {
        QueueReceiver receiver = queue();
        send("a");
        send("b");
        Delivered held = take(receiver, "a");
        proxy.cutAnswerTo(PRODUCE);
        held.setAside("why").get(1, TimeUnit.MINUTES);
        Delivered other = take(receiver, "b");
        other.acknowledge().get(1, TimeUnit.MINUTES);

        assertThat(proxy.cuts()).isEqualTo(1);
        assertThat(mechanism.depth(NAME)).isEqualTo(new QueueDepth(0, 0, 0, 1));
        assertThat(mechanism.deadLetters(NAME).list(-1, 10)).hasSize(1);
    }

    @Test
    void aMessageOfWhichTheAnswerWasLostComesOnce() throws Exception {
        QueueReceiver receiver = queue();
        send("first"); // so that the producer is there
        take(receiver, "first").acknowledge().get(1, TimeUnit.MINUTES);
        proxy.cutAnswerTo(PRODUCE);
        send("a");
        take(receiver, "a").acknowledge().get(1, TimeUnit.MINUTES);

        assertThat(proxy.cuts()).isEqualTo(1);
        assertThat(mechanism.depth(NAME)).isEqualTo(new QueueDepth(0, 0, 0, 0));
    }

    @Test
    void aQuestionOfWhichTheAnswerOfTheServerWasLostIsAskedOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (OpenAnswerer answerer = mechanism.answer(NAME, 4, question -> given(asked.incrementAndGet()))) {
            assertThat(ask(PATIENCE)).isEqualTo("1");
            proxy.cutAnswerTo(PRODUCE);
            assertThat(ask(PATIENCE)).isEqualTo("2");
            assertThat(proxy.cuts()).isEqualTo(1);
            assertThat(ask(PATIENCE)).isEqualTo("3");
            assertThat(answerer.dropped()).isZero();
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    void aQuestionIntoSilenceEndsInTimeAndLaterOnesAreAnswered() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (OpenAnswerer answerer = mechanism.answer(NAME, 4, question -> given(asked.incrementAndGet()))) {
            assertThat(ask(PATIENCE)).isEqualTo("1");
            proxy.blackHole(true);
            long begin = System.nanoTime();
            assertThat(code(asking(TIMEOUT)))
                    .isIn(ErrorCode.DEADLINE, ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST);
            proxy.blackHole(false);

            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> ask(PATIENCE).equals(Integer.toString(asked.get())));
            assertThat(answerer.dropped()).isZero();
        }
    }

    private static Answer given(int number) {
        return new Answer.Given(new byte[0], Integer.toString(number).getBytes(UTF_8));
    }

    private CompletableFuture<Answer> asking(Duration deadline) {
        return mechanism.ask(NAME, new Question(new byte[0], new byte[0]), deadline);
    }

    private String ask(Duration deadline) throws Exception {
        Answer answer = asking(deadline).get(2, TimeUnit.MINUTES);
        return answer instanceof Answer.Given given ? new String(given.payload(), UTF_8) : answer.toString();
    }

    @Test
    void everyCallEndsInTimeWhenTheNetworkFallsSilentAndAllGoesOnAfterwards() throws Exception {
        LogWriter writer = log();
        QueueReceiver receiver = queue();
        writer.append(0, entry("1")).get(1, TimeUnit.MINUTES);
        send("a");
        send("b");
        Delivered held = take(receiver, "a");
        proxy.blackHole(true);
        long begin = System.nanoTime();
        CompletableFuture<?> append = writer.append(0, entry("2"));
        CompletableFuture<?> sent = mechanism.send(NAME, new Question(new byte[0], new byte[0]));
        CompletableFuture<?> acknowledged = held.acknowledge();
        CompletableFuture<?> depth = Kafka.onItsOwn(() -> mechanism.depth(NAME));
        CompletableFuture<?> bounds = Kafka.onItsOwn(() -> mechanism.bounds(NAME, 0));
        CompletableFuture<?> polled = Kafka.onItsOwn(() -> receiver.poll(1, Duration.ZERO));
        for (CompletableFuture<?> each : List.of(append, sent, acknowledged, depth, bounds, polled)) {
            assertThat(code(each)).isIn(ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST.multipliedBy(2));

        proxy.blackHole(false);
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            writer.resume();
            return true;
        });
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            writer.append(0, entry("3")).join();
            return true;
        });
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> mechanism.depth(NAME).held() <= 1);
        try (LogReader reader = mechanism.read(NAME, 0, 0)) {
            assertThat(Kafka.next(reader, PATIENCE)).isEqualTo("1");
        }
    }

    @Test
    void aReaderAndAReceiverGoOnWhenConnectionsBreak() throws Exception {
        LogWriter writer = log();
        QueueReceiver receiver = queue();
        try (LogReader reader = mechanism.read(NAME, 0, 0)) {
            for (int round = 0; round < 5; round++) {
                proxy.delay(Duration.ofMillis(20L * round));
                proxy.reset();
                String text = "m" + round;
                Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                    writer.append(0, entry(text)).join();
                    return true;
                });
                assertThat(Kafka.next(reader, PATIENCE)).isEqualTo(text);
                send(text);
                take(receiver, text).acknowledge().get(1, TimeUnit.MINUTES);
            }
        }
    }

    private static ErrorCode code(CompletableFuture<?> failed) {
        try {
            throw new AssertionError("it worked: " + failed.get(2, TimeUnit.MINUTES));
        } catch (java.util.concurrent.ExecutionException | CompletionException e) {
            if (e.getCause() instanceof FairleadException failure) {
                return failure.code();
            }
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError("it does not end", e);
        }
    }
}
