package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.LogWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed and comes back loses nothing that was acknowledged, and readers and writers go on. */
class KafkaRestartTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FIRST_DELIVERY = Duration.ofSeconds(10);

    private final ServerProcess server = RealServer.KAFKA.killable();
    private final String url = server.settings().getOrDefault("url", "");

    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsLostWhenTheServerIsKilledUnderLoad() throws Exception {
        try (KafkaMechanism mechanism = Kafka.open(url, "load-", "60s")) {
            LogWorkload.Settings settings = new LogWorkload.Settings(1, 4, 2, 3000, Durability.D1, 1);
            AtomicBoolean disturbed = new AtomicBoolean();
            CompletableFuture<Verdict> judged = Kafka.onItsOwn(
                    () -> LogWorkload.run(mechanism, settings, folder.resolve("history"), () -> !disturbed.get()));
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

    private static long end(KafkaMechanism mechanism, String log) {
        return mechanism.bounds(log, 0).end();
    }

    @Test
    void aReaderGetsTheFirstRecordSoonAfterTheServerIsBack() throws Exception {
        try (KafkaMechanism mechanism = Kafka.open(url, "back-", "60s")) {
            mechanism.define(new LogDefinition("a.b", new Retention.KeepAll(), Durability.D1));
            LogWriter writer = mechanism.claim("a.b", "test");
            try (LogReader reader = mechanism.read("a.b", 0, 0)) {
                writer.append(0, List.of(entry("before"))).get(2, TimeUnit.MINUTES);
                assertThat(Kafka.next(reader, PATIENCE)).isEqualTo("before");
                server.kill();
                CompletableFuture<?> appended = writer.append(0, List.of(entry("meanwhile")));
                server.restart();
                long ready = System.nanoTime();

                assertThat(Kafka.next(reader, PATIENCE)).isEqualTo("meanwhile");
                assertThat(Duration.ofNanos(System.nanoTime() - ready)).isLessThan(FIRST_DELIVERY);
                appended.get(2, TimeUnit.MINUTES);
            }
        }
    }

    @Test
    void aServerThatIsAwayAtTheStartIsWaitedFor() throws Exception {
        server.kill();
        assertThatThrownBy(() ->
                        KafkaMechanism.open(Kafka.opening(Map.of("url", url, "timeout", "500ms", "start-wait", "1s"))))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE))
                .hasMessageContaining(url);

        CompletableFuture<KafkaMechanism> opening = Kafka.onItsOwn(
                () -> KafkaMechanism.open(Kafka.opening(Map.of("url", url, "timeout", "5s", "start-wait", "2min"))));
        server.restart();
        opening.get(2, TimeUnit.MINUTES).close();
    }

    /** While leaders change, or the only broker is cut off, there is none that leads the log: who asks waits for one. */
    @Test
    void aLogIsNotTakenForAMissingOneWhileNoBrokerLeadsIt() throws Exception {
        LogDefinition definition = new LogDefinition("a.b", new Retention.KeepAll(), Durability.D1);
        LogDefinition other = new LogDefinition("a.c", new Retention.KeepAll(), Durability.D1);
        try (KafkaMechanism patient = Kafka.open(url, "cut-off-", "60s");
                KafkaMechanism hasty = Kafka.open(url, "cut-off-", "1s");
                Admin admin = Admin.create(Map.of("bootstrap.servers", url))) {
            patient.define(definition);
            admin.unregisterBroker(1).all().get();
            Awaitility.await().atMost(PATIENCE).until(() -> !hasLeader(admin, "cut-off-a.b"));

            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> hasty.bounds("a.b", 0),
                    () -> hasty.define(definition),
                    () -> hasty.define(other),
                    () -> KafkaMechanism.open(
                            Kafka.opening(Map.of("url", url, "timeout", "1s", "start-wait", "1s"))))) {
                assertThatThrownBy(call)
                        .isInstanceOfSatisfying(
                                FairleadException.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE));
            }
            CompletableFuture<LogBounds> bounds = Kafka.onItsOwn(() -> patient.bounds("a.b", 0));
            CompletableFuture<Boolean> defined = Kafka.onItsOwn(() -> {
                patient.define(other);
                return true;
            });
            server.kill();
            server.restart();
            assertThat(bounds.get(2, TimeUnit.MINUTES).start()).isZero();
            defined.get(2, TimeUnit.MINUTES);
        }
    }

    private static boolean hasLeader(Admin admin, String topic) throws Exception {
        Map<String, TopicDescription> found =
                admin.describeTopics(List.of(topic)).allTopicNames().get();
        return found.values().stream()
                .allMatch(each -> each.partitions().getFirst().leader() != null);
    }

    private static LogEntry entry(String value) {
        return new LogEntry("k".getBytes(UTF_8), new byte[] {1}, value.getBytes(UTF_8));
    }
}
