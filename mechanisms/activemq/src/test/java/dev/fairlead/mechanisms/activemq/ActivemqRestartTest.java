package dev.fairlead.mechanisms.activemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.QueueWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that is killed or stopped and comes back loses nothing that was acknowledged, and senders and receivers go on. */
class ActivemqRestartTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FIRST_DELIVERY = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void nothingAcknowledgedIsLostWhenTheServerIsKilledUnderLoad(RealServer kind) throws Exception {
        ServerProcess server = kind.killable();
        String prefix = ActivemqUnderTest.newPrefix();
        try (ActivemqMechanism mechanism = Activemq.open(server.settings(), prefix, "60s")) {
            CompletableFuture<Verdict> judged = CompletableFuture.supplyAsync(
                    () -> QueueWorkload.run(mechanism, Durability.D1, 1, folder.resolve("history")));
            for (int dead = 0; dead <= 40; dead += 20) {
                long least = dead;
                Awaitility.await()
                        .atMost(PATIENCE)
                        .ignoreException(FairleadException.class)
                        .until(() -> mechanism.depth("activemq.workload-queue").dead() > least);
                assertThat(judged).as("the workload, at a kill").isNotDone();
                server.kill();
                server.restart();
            }
            Verdict verdict = judged.get(6, TimeUnit.MINUTES);

            assertThat(verdict.witnesses()).isEmpty();
            assertThat(verdict.judged()).contains(Rule.A1, Rule.A10, Rule.A15);
            assertThat(verdict.valid(5000, 0)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void aReceiverGetsTheFirstMessageSoonAfterTheServerIsBack(RealServer kind) throws Exception {
        ServerProcess server = kind.killable();
        try (ActivemqMechanism mechanism = Activemq.open(server.settings(), ActivemqUnderTest.newPrefix(), "60s")) {
            Activemq.define(mechanism);
            QueueReceiver receiver = mechanism.receive(Activemq.QUEUE, Activemq.LEASE);
            Activemq.send(mechanism, "before");
            Delivered held = Activemq.next(receiver, PATIENCE);
            Activemq.send(mechanism, "waiting");
            server.kill();
            server.restart();
            long ready = System.nanoTime();

            Delivered first = Activemq.next(receiver, PATIENCE);
            assertThat(Duration.ofNanos(System.nanoTime() - ready)).isLessThan(FIRST_DELIVERY);
            assertThat(Activemq.text(first)).isIn("before", "waiting");
            assertThatThrownBy(() -> Activemq.join(held.acknowledge()))
                    .isInstanceOfSatisfying(
                            FairleadException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FENCED));
            Activemq.join(first.acknowledge());
            Activemq.join(Activemq.next(receiver, PATIENCE).acknowledge());
            assertThat(mechanism.depth(Activemq.QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void nobodyHangsWhileTheServerIsStopped(RealServer kind) throws Exception {
        ServerProcess server = kind.killable();
        try (ActivemqMechanism mechanism =
                Activemq.open(server.settings(), ActivemqUnderTest.newPrefix(), TIMEOUT.toMillis() + "ms")) {
            Activemq.define(mechanism);
            QueueReceiver receiver = mechanism.receive(Activemq.QUEUE, Activemq.LEASE);
            Activemq.send(mechanism, "a");
            Delivered held = Activemq.next(receiver, PATIENCE);
            server.pause();
            try {
                endsInTime(() -> Activemq.send(mechanism, "b"));
                endsInTime(() -> Activemq.join(held.acknowledge()));
                endsInTime(() -> receiver.poll(1, Duration.ZERO));
                endsInTime(() -> mechanism.depth(Activemq.QUEUE));
            } finally {
                server.resume();
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreException(FairleadException.class)
                    .untilAsserted(() -> Activemq.send(mechanism, "c"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreException(FairleadException.class)
                    .until(() -> {
                        Delivered next = Activemq.next(receiver, PATIENCE);
                        Activemq.join(next.acknowledge());
                        return Activemq.text(next).equals("c");
                    });
        }
    }

    /** It fails, with a code that tells what is known, before twice the time-out; some more for a busy machine. */
    private static void endsInTime(Runnable call) {
        long begin = System.nanoTime();
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code())
                                .isIn(ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN, ErrorCode.FENCED));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isLessThan(TIMEOUT.multipliedBy(2).plusSeconds(2));
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void aServerThatIsAwayAtTheStartIsWaitedFor(RealServer kind) throws Exception {
        ServerProcess server = kind.killable();
        server.kill();
        Map<String, String> settings = new HashMap<>(server.settings());
        settings.put("timeout", "500ms");
        settings.put("start-wait", "1s");
        assertThatThrownBy(() -> ActivemqMechanism.open(Activemq.opening(settings)))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE))
                .hasMessageContaining(settings.get("url"));

        settings.put("timeout", "5s");
        settings.put("start-wait", "2min");
        CompletableFuture<ActivemqMechanism> opening =
                CompletableFuture.supplyAsync(() -> ActivemqMechanism.open(Activemq.opening(settings)));
        server.restart();
        opening.get(2, TimeUnit.MINUTES).close();
    }
}
