package dev.fairlead.mechanisms.http;

import static dev.fairlead.mechanisms.http.Entries.PATIENCE;
import static dev.fairlead.mechanisms.http.Parcels.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.QueueWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is killed and comes back has lost no message and doubled none; who held one is fenced off. */
@Tag("slow")
class HttpQueueRestartTest {
    private static final Duration FIRST_DELIVERY = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Map<String, String> PATIENT = Map.of("timeout", "60s");
    private static final int KILLS = 3;

    @TempDir
    Path folder;

    private NodeProcess node;
    private HttpMechanism mechanism;

    @BeforeEach
    void start() {
        node = new NodeProcess(folder);
        mechanism = Entries.open(node.port(), PATIENT);
    }

    @AfterEach
    void end() {
        mechanism.close();
        node.close();
    }

    @Test
    void noMessageIsLostOrDoubledWhenTheNodeIsKilledUnderLoad() throws Exception {
        AtomicBoolean disturbed = new AtomicBoolean();
        CompletableFuture<Verdict> judged = CompletableFuture.supplyAsync(() ->
                QueueWorkload.run(mechanism, Durability.D2, 1, folder.resolve("history"), () -> !disturbed.get()));
        String queue = mechanism.name() + ".workload-queue";
        for (int kill = 0; kill < KILLS; kill++) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .ignoreException(FairleadException.class)
                    .until(() -> mechanism.depth(queue).held() > 0);
            assertThat(judged).as("the workload, at kill %d", kill).isNotDone();
            node.kill();
            node.restart();
        }
        disturbed.set(true);
        Verdict verdict = judged.get(6, TimeUnit.MINUTES);

        assertThat(verdict.witnesses()).isEmpty();
        assertThat(verdict.judged()).contains(Rule.A1, Rule.A10, Rule.A15);
        assertThat(verdict.unknown()).as("only what was under way at a kill").isLessThan(1000);
        assertThat(verdict.valid(5000, 0)).as(verdict.toString()).isTrue();
    }

    @Test
    void whatWasHeldAtAKillComesAgainAndItsReceiverIsFencedOff() throws Exception {
        Parcels.define(mechanism);
        Parcels.send(mechanism, "a", "b");
        QueueReceiver receiver = mechanism.receive(QUEUE, LEASE);
        Delivered held = Parcels.take(receiver, "a").getFirst();
        node.kill();
        node.restart();
        assertThat(Parcels.codeOf(held.acknowledge())).isEqualTo(ErrorCode.FENCED);
        Delivered again = Parcels.take(receiver, "a").getFirst();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(Parcels.codeOf(held.setAside("late"))).isEqualTo(ErrorCode.FENCED);
        Parcels.await(again.acknowledge());
        Parcels.await(Parcels.take(receiver, "b").getFirst().acknowledge());
        assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
    }

    @Test
    void sendersAndReceiversGoOnSoonAfterTheNodeIsBack() throws Exception {
        Parcels.define(mechanism);
        QueueReceiver receiver = mechanism.receive(QUEUE, LEASE);
        for (int kill = 0; kill < KILLS; kill++) {
            Parcels.send(mechanism, "before " + kill);
            Parcels.await(Parcels.take(receiver, "before " + kill).getFirst().acknowledge());
            node.kill();
            CompletableFuture<Sent> sent = mechanism.send(QUEUE, Parcels.message("meanwhile " + kill));
            node.restart();
            long ready = System.nanoTime();

            Delivered taken = Parcels.take(receiver, "meanwhile " + kill).getFirst();
            assertThat(Duration.ofNanos(System.nanoTime() - ready)).isLessThan(FIRST_DELIVERY);
            assertThat(Parcels.await(sent).durability()).isEqualTo(Durability.D2);
            Parcels.await(taken.acknowledge());
        }
        assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
    }
}
