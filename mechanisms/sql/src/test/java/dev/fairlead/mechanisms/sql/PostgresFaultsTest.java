package dev.fairlead.mechanisms.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.testkit.faults.TcpProxy;
import dev.fairlead.testkit.workload.AskLoad;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults whose course is the same on every server, because it does not hang on what a driver calls them; those that do: {@link ServerFaultsTest}. */
class PostgresFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FIRST_DELIVERY = Duration.ofSeconds(10);

    private final ServerProcess server = RealServer.POSTGRESQL.killable();
    private final Map<String, String> tables = KillableDatabase.newTables();

    @AfterEach
    void end() {
        KillableDatabase.remove(server, tables);
    }

    private SqlMechanism open() {
        return KillableDatabase.open(server, server.port(), tables);
    }

    private Map<String, String> with(String key, String value) {
        Map<String, String> more = new HashMap<>(tables);
        more.put(key, value);
        return more;
    }

    @Test
    void tellsTheTruthOfQuestionsWhenTheServerIsKilledAndStoppedThreeTimesEach() throws Exception {
        try (SqlMechanism asker = open();
                SqlMechanism owner = KillableDatabase.open(server, server.port(), with("connections", "5"))) {
            AskLoad load = new AskLoad(asker, owner);
            for (Ending ending : Ending.inTurn(3)) {
                int before = load.answers();
                await().atMost(PATIENCE).until(() -> load.answers() > before + 50);
                int failuresBefore = load.failures();
                ending.of(server);
                await().atMost(PATIENCE).until(() -> load.failures() > failuresBefore);
                int after = load.answers();
                server.restart();
                await().atMost(FIRST_DELIVERY).until(() -> load.answers() > after);
            }
            load.judge(KillableDatabase.LONGEST_CALL);
        }
    }

    @Test
    void saysThatItDoesNotKnowAndGoesOnWhenResumed() {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                SqlMechanism mechanism = KillableDatabase.open(server, proxy.port(), tables)) {
            LogWriter writer = ServerFaultsTest.define(mechanism);
            proxy.cutAnswerTo(data -> {
                if (ServerFaultsTest.isCommit(data)) {
                    proxy.blackHole(true);
                }
                return false;
            });
            CompletableFuture<?> append = writer.append(0, ServerFaultsTest.entry("first"));
            await().atMost(PATIENCE).until(append::isDone);
            assertThat(Outcomes.codeOf(append)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
            proxy.cutAnswerTo(data -> false);
            proxy.reset();
            proxy.blackHole(false);
            writer.resume();
            assertThat(mechanism.bounds(ServerFaultsTest.LOG, 0).end()).isEqualTo(1);
            assertThat(writer.append(0, ServerFaultsTest.entry("second"))
                            .join()
                            .first()
                            .offset())
                    .isEqualTo(1);
        }
    }

    @Test
    void waitsForAServerThatIsAwayAtTheStart() throws Exception {
        server.kill();
        CompletableFuture<SqlMechanism> opening = CompletableFuture.supplyAsync(this::open);
        assertThatThrownBy(() -> KillableDatabase.open(server, server.port(), with("start-wait", "100ms")))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE))
                .hasMessageContaining("127.0.0.1:" + server.port())
                .hasMessageContaining("start-wait");
        assertThat(opening).isNotDone();
        server.restart();
        opening.get().close();
    }
}
