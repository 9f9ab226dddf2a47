package dev.fairlead.mechanisms.http;

import static dev.fairlead.mechanisms.http.Entries.LOG;
import static dev.fairlead.mechanisms.http.Entries.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.LogWorkload;
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

/** A node that is killed and comes back loses nothing that was acknowledged, and its readers and writers go on. */
@Tag("slow")
class HttpRestartTest {
    private static final Duration FIRST_DELIVERY = Duration.ofSeconds(10);
    private static final Map<String, String> PATIENT = Map.of("timeout", "60s");
    private static final int KILLS = 3;

    @TempDir
    Path folder;

    private NodeProcess node;

    @BeforeEach
    void start() {
        node = new NodeProcess(folder);
    }

    @AfterEach
    void end() {
        node.close();
    }

    @Test
    void noRecordIsLostWhenTheNodeIsKilledUnderLoad() throws Exception {
        try (HttpMechanism mechanism = Entries.open(node.port(), PATIENT)) {
            LogWorkload.Settings work = new LogWorkload.Settings(1, 4, 2, 2000, Durability.D2, 1);
            AtomicBoolean disturbed = new AtomicBoolean();
            CompletableFuture<Verdict> judged = CompletableFuture.supplyAsync(
                    () -> LogWorkload.run(mechanism, work, folder.resolve("history"), () -> !disturbed.get()));
            String log = LogWorkload.log(mechanism, 0);
            await().atMost(PATIENCE)
                    .ignoreException(FairleadException.class)
                    .until(() -> mechanism.bounds(log, 0).end() > 0);
            for (int kill = 0; kill < KILLS; kill++) {
                long before = mechanism.bounds(log, 0).end();
                await().atMost(PATIENCE).until(() -> mechanism.bounds(log, 0).end() > before + 200);
                assertThat(judged).as("the workload, at kill %d", kill).isNotDone();
                node.kill();
                node.restart();
            }
            disturbed.set(true);
            Verdict verdict = judged.get(5, TimeUnit.MINUTES);

            assertThat(verdict.witnesses()).isEmpty();
            assertThat(verdict.judged()).contains(Rule.A1, Rule.A9, Rule.A12);
            assertThat(verdict.unknown())
                    .as("the appends whose outcome nobody knows, of a node that came back in time")
                    .isZero();
            assertThat(verdict.valid(8_000, 0)).as(verdict.toString()).isTrue();
        }
    }

    @Test
    void readersAndWritersGoOnSoonAfterTheNodeIsBack() throws Exception {
        try (HttpMechanism mechanism = Entries.open(node.port(), PATIENT)) {
            LogWriter writer = Entries.claimed(mechanism);
            try (LogReader reader = mechanism.read(LOG, 0, 0)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    String before = "before " + kill;
                    String meanwhile = "meanwhile " + kill;
                    assertThat(Entries.append(writer, before)).isEqualTo(2L * kill);
                    assertThat(Entries.values(reader, 1)).containsExactly(before);
                    mechanism.commit(LOG, "shop.billing", new Position(0, 2L * kill + 1));
                    node.kill();
                    CompletableFuture<Appended> appended = writer.append(0, Entries.entry(meanwhile));
                    node.restart();
                    long ready = System.nanoTime();

                    assertThat(Entries.values(reader, 1)).containsExactly(meanwhile);
                    assertThat(Duration.ofNanos(System.nanoTime() - ready)).isLessThan(FIRST_DELIVERY);
                    assertThat(appended.get(1, TimeUnit.MINUTES).first().offset())
                            .isEqualTo(2L * kill + 1);
                    assertThat(mechanism.committed(LOG, "shop.billing", 0)).contains(new Position(0, 2L * kill + 1));
                }
            }
        }
    }

    @Test
    void anotherWriterThatClaimedTheLogFencesTheFirstAfterARestartToo() throws Exception {
        try (HttpMechanism mechanism = Entries.open(node.port(), PATIENT);
                HttpMechanism other = Entries.open(node.port(), PATIENT)) {
            LogWriter first = Entries.claimed(mechanism);
            Entries.append(first, "first");
            Entries.append(Entries.claimed(other), "second");
            node.kill();
            node.restart();
            assertThatThrownBy(() -> Entries.append(first, "late")).hasMessageContaining("epoch 2");
            assertThatThrownBy(first::resume)
                    .isInstanceOfSatisfying(
                            FairleadException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FENCED));
            assertThat(mechanism.bounds(LOG, 0).end()).isEqualTo(2);
        }
    }

    @Test
    void aNodeThatIsAwayAtTheStartIsWaitedFor() throws Exception {
        node.kill();
        assertThatThrownBy(() -> Entries.open(node.port(), Map.of("start-wait", "500ms")))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE))
                .hasMessageContaining("127.0.0.1:" + node.port());
        CompletableFuture<HttpMechanism> opening =
                CompletableFuture.supplyAsync(() -> Entries.open(node.port(), Map.of("start-wait", "2min")));
        node.restart();
        opening.get(2, TimeUnit.MINUTES).close();
    }
}
