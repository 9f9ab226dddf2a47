package dev.fairlead.mechanisms.http;

import static dev.fairlead.mechanisms.http.Entries.PATIENCE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import dev.fairlead.testkit.faults.TcpProxy;
import dev.fairlead.testkit.workload.AskLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Askers are told the truth when the node is killed, or connections to it break or fall silent, and are answered again soon after. */
@Tag("slow")
class HttpCallFaultsTest {
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private NodeProcess node;
    private TcpProxy proxy;
    private HttpMechanism asker;
    private HttpMechanism owner;
    private AskLoad load;

    @BeforeEach
    void start() {
        node = new NodeProcess(folder);
        proxy = TcpProxy.to(node.port());
        asker = Entries.open(proxy.port(), Map.of());
        owner = Entries.open(proxy.port(), Map.of());
        load = new AskLoad(asker, owner);
    }

    @AfterEach
    void end() {
        asker.close();
        owner.close();
        proxy.close();
        node.close();
    }

    private void awaitAnswers(int more, Duration most) {
        int before = load.answers();
        await().atMost(most).until(() -> load.answers() > before + more);
    }

    @Test
    void whenTheNodeIsKilledThreeTimes() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            awaitAnswers(50, PATIENCE);
            int failures = load.failures();
            node.kill();
            await().atMost(PATIENCE).until(() -> load.failures() > failures);
            node.restart();
            awaitAnswers(0, FIRST_ANSWER);
        }
        load.judge(LONGEST);
    }

    @Test
    void whenAnswersAreLostAndConnectionsBreak() throws Exception {
        List<String> acts = List.of("send", "receive");
        for (int fault = 0; fault < 10; fault++) {
            awaitAnswers(20, PATIENCE);
            int cuts = proxy.cuts();
            String act = "/letters/" + acts.get(fault % acts.size()) + " HTTP/1.1";
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
                if (proxy.cuts() == cuts) {
                    proxy.cutAnswerTo(data -> new String(data, ISO_8859_1).contains(act));
                }
                return proxy.cuts() > cuts;
            });
            if (fault % 3 == 0) {
                proxy.reset();
            }
        }
        awaitAnswers(20, FIRST_ANSWER);
        load.judge(LONGEST);
    }

    @Test
    void whenTheNodeFallsSilent() throws Exception {
        awaitAnswers(50, PATIENCE);
        int failures = load.failures();
        proxy.blackHole(true);
        await().atMost(PATIENCE).until(() -> load.failures() > failures);
        proxy.blackHole(false);
        awaitAnswers(20, PATIENCE);
        load.judge(LONGEST);
    }
}
