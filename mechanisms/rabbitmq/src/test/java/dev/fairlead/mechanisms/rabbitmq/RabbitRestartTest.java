package dev.fairlead.mechanisms.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.Sent;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.LogWorkload;
import dev.fairlead.testkit.workload.QueueWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed and comes back loses nothing that was acknowledged, and readers, writers and receivers go on. */
class RabbitRestartTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** What a message breaks that a kill has left twice: it is handled again, or handled once and set aside once. */
    private static final Set<Rule> TWICE = EnumSet.of(Rule.A10, Rule.A15);

    private static final String QUEUE = "shop.pay";
    private static final Duration FIRST_DELIVERY = Duration.ofSeconds(10);

    private final ServerProcess server = RealServer.RABBITMQ.killable();
    private final Map<String, String> settings = server.settings();

    @TempDir
    Path folder;

    @Test
    void noRecordIsLostWhenTheServerIsKilledUnderLoad() throws Exception {
        try (RabbitMechanism mechanism = Rabbit.open(settings, "load-", "60s")) {
            LogWorkload.Settings work = new LogWorkload.Settings(1, 4, 2, 3000, Durability.D1, 1);
            AtomicBoolean disturbed = new AtomicBoolean();
            CompletableFuture<Verdict> judged = CompletableFuture.supplyAsync(
                    () -> LogWorkload.run(mechanism, work, folder.resolve("history"), () -> !disturbed.get()));
            String log = LogWorkload.log(mechanism, 0);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreException(FairleadException.class)
                    .until(() -> end(mechanism, log) > 0);
            for (int round = 0; round < 3; round++) {
                long end = end(mechanism, log);
                Awaitility.await().atMost(PATIENCE).until(() -> end(mechanism, log) > end + 100);
                assertThat(judged).as("the workload, at kill " + round).isNotDone();
                server.kill();
                server.restart();
            }
            disturbed.set(true);
            Verdict verdict = judged.get(5, TimeUnit.MINUTES);

            assertThat(verdict.witnesses()).isEmpty();
            assertThat(verdict.judged()).contains(Rule.A1, Rule.A9, Rule.A12);
            assertThat(verdict.valid(8000, 0)).isTrue();
        }
    }

    private static long end(RabbitMechanism mechanism, String log) {
        return mechanism.bounds(log, 0).end();
    }

    @Test
    void noMessageIsLostWhenTheServerIsKilledUnderLoad() throws Exception {
        try (RabbitMechanism mechanism = Rabbit.open(settings, "messages-", "60s")) {
            useOnce(mechanism, "rabbitmq.workload-queue");
            AtomicBoolean disturbed = new AtomicBoolean();
            CompletableFuture<Verdict> judged = CompletableFuture.supplyAsync(() ->
                    QueueWorkload.run(mechanism, Durability.D2, 1, folder.resolve("history"), () -> !disturbed.get()));
            for (int dead = 0; dead <= 40; dead += 20) {
                long least = dead;
                Awaitility.await()
                        .atMost(PATIENCE)
                        .ignoreException(FairleadException.class)
                        .until(() -> mechanism.depth("rabbitmq.workload-queue").dead() > least);
                assertThat(judged).as("the workload, at a kill").isNotDone();
                server.kill();
                server.restart();
            }
            disturbed.set(true);
            Verdict verdict = judged.get(6, TimeUnit.MINUTES);

            assertThat(verdict.by(EnumSet.complementOf(EnumSet.copyOf(TWICE))).witnesses())
                    .isEmpty();
            assertThat(verdict.by(TWICE).breaches().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("what a kill met between two queues comes twice (decision 40), and nothing else does")
                    .isLessThanOrEqualTo(60);
            assertThat(verdict.witnesses().getOrDefault(Rule.A15, List.of()))
                    .as("each of them")
                    .hasSize(verdict.breaches().getOrDefault(Rule.A15, 0L).intValue())
                    .allMatch(witness -> witness.endsWith("was handled and is still set aside"));
            assertThat(verdict.judged()).contains(Rule.A1, Rule.A10, Rule.A15);
            assertThat(verdict.valid(5000, 0)).as(verdict.toString()).isTrue();
        }
    }

    @Test
    void aMessageToANewQueueIsNotAcknowledgedBeforeAKillLeavesIt() throws Exception {
        Map<String, String> longer = new HashMap<>(settings);
        longer.put("creation-wait", "5min");
        assumeThat(ServerQueues.version(settings)).startsWith("3.");
        try (RabbitMechanism mechanism = Rabbit.open(longer, "new-", "60s")) {
            mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
            CompletableFuture<Sent> early = mechanism.send(QUEUE, message("early"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> ServerQueues.depth("new-" + QUEUE + ":queue", settings) == 1);
            assertThat(early).isNotDone();
            server.kill();
            assertThatThrownBy(() -> early.get(2, TimeUnit.MINUTES))
                    .cause()
                    .isInstanceOfSatisfying(
                            FairleadException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
        }
        server.restart();
        try (RabbitMechanism mechanism = Rabbit.open(settings, "kept-", "60s")) {
            mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
            mechanism.send(QUEUE, message("kept")).get(2, TimeUnit.MINUTES);
            server.kill();
            server.restart();
            long ready = System.nanoTime();
            try (QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1))) {
                Delivered kept = receiver.poll(1, PATIENCE).getFirst();
                assertThat(kept.message().payload()).isEqualTo("kept".getBytes(UTF_8));
                assertThat(Duration.ofNanos(System.nanoTime() - ready)).isLessThan(FIRST_DELIVERY);
            }
        }
    }

    /** After that a kill leaves the queue. */
    private static void useOnce(RabbitMechanism mechanism, String queue) throws Exception {
        mechanism.define(new QueueDefinition(queue, Durability.D2));
        mechanism.send(queue, message("first")).get(2, TimeUnit.MINUTES);
        try (QueueReceiver receiver = mechanism.receive(queue, Duration.ofMinutes(1))) {
            receiver.poll(1, PATIENCE).getFirst().acknowledge().get(2, TimeUnit.MINUTES);
        }
    }

    private static Question message(String text) {
        return new Question(new byte[0], text.getBytes(UTF_8));
    }

    @Test
    void aReaderGetsTheFirstRecordSoonAfterTheServerIsBack() throws Exception {
        try (RabbitMechanism mechanism = Rabbit.open(settings, "back-", "60s")) {
            mechanism.define(new LogDefinition("a.b", new Retention.KeepAll(), Durability.D1));
            LogWriter writer = mechanism.claim("a.b", "test");
            try (LogReader reader = mechanism.read("a.b", 0, 0)) {
                Rabbit.append(writer, "before");
                assertThat(Rabbit.next(reader, PATIENCE)).isEqualTo("before");
                server.kill();
                CompletableFuture<?> appended = writer.append(0, List.of(Rabbit.entry("meanwhile")));
                server.restart();
                long ready = System.nanoTime();

                assertThat(Rabbit.next(reader, PATIENCE)).isEqualTo("meanwhile");
                assertThat(Duration.ofNanos(System.nanoTime() - ready)).isLessThan(FIRST_DELIVERY);
                appended.get(2, TimeUnit.MINUTES);
            }
        }
    }

    @Test
    void aGroupsPositionSurvivesAKill() throws Exception {
        try (RabbitMechanism mechanism = Rabbit.open(settings, "group-", "60s")) {
            mechanism.define(new LogDefinition("a.b", new Retention.KeepAll(), Durability.D1));
            mechanism.commit("a.b", "billing", new Position(0, 41));
            mechanism.commit("a.b", "Größe 1/2", new Position(0, 7));
            server.kill();
            server.restart();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreException(FairleadException.class)
                    .untilAsserted(() ->
                            assertThat(mechanism.committed("a.b", "billing", 0)).contains(new Position(0, 41)));
            assertThat(mechanism.committed("a.b", "Größe 1/2", 0)).contains(new Position(0, 7));
            assertThatThrownBy(() -> mechanism.commit("a.b", "billing", new Position(0, 40)))
                    .hasMessageContaining("cannot go back");
        }
    }

    @Test
    void aServerThatIsAwayAtTheStartIsWaitedFor() throws Exception {
        server.kill();
        Map<String, String> impatient = new HashMap<>(settings);
        impatient.put("timeout", "500ms");
        impatient.put("start-wait", "1s");
        assertThatThrownBy(() -> RabbitMechanism.open(Rabbit.opening(impatient)))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE))
                .hasMessageContaining("127.0.0.1");

        Map<String, String> patient = new HashMap<>(settings);
        patient.put("start-wait", "2min");
        CompletableFuture<RabbitMechanism> opening =
                CompletableFuture.supplyAsync(() -> RabbitMechanism.open(Rabbit.opening(patient)));
        server.restart();
        opening.get(2, TimeUnit.MINUTES).close();
    }
}
