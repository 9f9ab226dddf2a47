package dev.fairlead.mechanisms.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.testkit.faults.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * For a whole minute nothing gets through between clients and servers, and no connection is broken; then all that was under way arrives. Both
 * servers, logs and queues pass through the same minute.
 */
class LongSilenceTest {
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration HEALING = Duration.ofSeconds(30);

    @Test
    void losesNothingWhenNothingGetsThroughForAMinute() throws Exception {
        try (Cut postgres = new Cut(RealServer.POSTGRESQL);
                Cut maria = new Cut(RealServer.MARIADB)) {
            List<Cut> both = List.of(postgres, maria);
            for (Cut each : both) {
                each.awaitFlow(PATIENCE);
            }
            for (Cut each : both) {
                each.proxy.blackHole(true);
            }
            long from = System.nanoTime();
            for (Cut each : both) {
                each.awaitTrouble();
            }
            await().atMost(SILENCE.multipliedBy(2)).until(() -> System.nanoTime() - from > SILENCE.toNanos());
            for (Cut each : both) {
                each.proxy.blackHole(false);
            }
            for (Cut each : both) {
                each.awaitFlow(HEALING);
            }
            for (Cut each : both) {
                each.judge();
            }
        }
    }

    /** A server behind a proxy, with what is written there and read. */
    private static final class Cut implements AutoCloseable {
        private final ServerProcess server;
        private final TcpProxy proxy;
        private final Map<String, String> tables = KillableDatabase.newTables();
        private final SqlMechanism mechanism;
        private final Load records;
        private final QueueLoad messages;

        Cut(RealServer kind) {
            this.server = kind.killable();
            this.proxy = TcpProxy.to(server.port());
            this.mechanism = KillableDatabase.open(server, proxy.port(), tables);
            this.records = new Load(mechanism, ServerFaultsTest.LOG);
            this.messages = new QueueLoad(mechanism);
        }

        void awaitFlow(Duration atMost) {
            int delivered = records.deliveries();
            int handled = messages.handled();
            await().atMost(atMost)
                    .until(() -> records.deliveries() > delivered + 20 && messages.handled() > handled + 20);
        }

        void awaitTrouble() {
            int appends = records.trouble();
            int sends = messages.trouble();
            await().atMost(PATIENCE).until(() -> records.trouble() > appends && messages.trouble() > sends);
        }

        void judge() throws InterruptedException {
            records.judge(KillableDatabase.LONGEST_CALL);
            messages.judge(KillableDatabase.LONGEST_CALL);
            assertThat(records.trouble()).isPositive();
        }

        @Override
        public void close() {
            mechanism.close();
            proxy.close();
            KillableDatabase.remove(server, tables);
        }
    }
}
