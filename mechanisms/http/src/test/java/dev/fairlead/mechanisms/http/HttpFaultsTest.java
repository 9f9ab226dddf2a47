package dev.fairlead.mechanisms.http;

import static dev.fairlead.mechanisms.http.Entries.LOG;
import static dev.fairlead.mechanisms.http.Entries.PATIENCE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.node.Node;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.testkit.faults.TcpProxy;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.LogWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What broken and silent connections do to what is under way; each test has a store of its own at one node. */
class HttpFaultsTest {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** Twice the time-out is the promise; the rest is for a machine that is busy. */
    private static final Duration LONGEST = TIMEOUT.multipliedBy(2).plusSeconds(2);

    @TempDir
    static Path folder;

    private static Node node;

    private final String space = "t" + COUNT.incrementAndGet();
    private TcpProxy proxy;

    @BeforeAll
    static void start() {
        node = Node.start(NodeChild.settings(folder, 0));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void begin() {
        proxy = TcpProxy.to(node.port());
    }

    @AfterEach
    void end() {
        proxy.close();
    }

    private HttpMechanism open(String timeout) {
        return Entries.open(proxy.port(), Map.of("prefix", space, "timeout", timeout));
    }

    private static boolean isAppend(byte[] data) {
        return new String(data, ISO_8859_1).contains("/append HTTP/1.1");
    }

    @Test
    void anAppendWhoseAnswerIsLostIsWrittenOnce() throws Exception {
        try (HttpMechanism mechanism = open("60s")) {
            LogWriter writer = Entries.claimed(mechanism);
            assertThat(Entries.append(writer, "v0")).isZero();
            for (int i = 1; i <= 5; i++) {
                proxy.cutAnswerTo(HttpFaultsTest::isAppend);
                assertThat(Entries.append(writer, "v" + i)).isEqualTo(i);
                assertThat(proxy.cuts()).isEqualTo(i);
            }
            assertThat(mechanism.bounds(LOG, 0).end()).isEqualTo(6);
            try (LogReader reader = mechanism.read(LOG, 0, 0)) {
                assertThat(Entries.values(reader, 6)).containsExactly("v0", "v1", "v2", "v3", "v4", "v5");
            }
        }
    }

    /** The node has appended what was sent before, and another has taken over: nobody may be told that the append stands. */
    @Test
    void anAppendWhoseAnswerIsLostIsNotTakenForThatOfALaterWriter() throws Exception {
        try (HttpMechanism mechanism = open("60s");
                HttpMechanism direct = Entries.open(node.port(), Map.of("prefix", space))) {
            LogWriter writer = Entries.claimed(mechanism);
            Entries.append(writer, "first");
            proxy.refuse(true);
            proxy.reset();
            CompletableFuture<?> late = writer.append(0, Entries.entry("late"));
            assertThat(Entries.append(Entries.claimed(direct), "of the later writer"))
                    .isEqualTo(1);
            proxy.refuse(false);
            assertThat(codeOf(late))
                    .as("the connection broke, so that what was sent before may have been written")
                    .isIn(ErrorCode.FENCED, ErrorCode.OUTCOME_UNKNOWN);
            assertThat(mechanism.bounds(LOG, 0).end()).isEqualTo(2);
        }
    }

    private static ErrorCode codeOf(CompletableFuture<?> future) {
        try {
            future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            throw new AssertionError("it worked");
        } catch (CompletionException e) {
            return ((FairleadException) requireNonNull(e.getCause())).code();
        }
    }

    private static ErrorCode codeOf(Runnable call) {
        try {
            call.run();
            throw new AssertionError("it worked without the node");
        } catch (FairleadException e) {
            return e.code();
        }
    }

    private record Ended(ErrorCode code, Duration after) {}

    @Test
    void everyCallEndsInTimeWhenTheNodeFallsSilentAndTheWriterGoesOnAfterwards() throws Exception {
        try (HttpMechanism mechanism = open(TIMEOUT.toSeconds() + "s");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            LogWriter writer = Entries.claimed(mechanism);
            LogReader reader = mechanism.read(LOG, 0, 0);
            Entries.append(writer, "first");
            assertThat(Entries.values(reader, 1)).containsExactly("first");
            proxy.blackHole(true);
            List<Runnable> calls = List.of(
                    () -> reader.poll(1, Duration.ofMillis(1)),
                    () -> mechanism.bounds(LOG, 0),
                    () -> mechanism.latest(LOG, "k".getBytes(UTF_8)),
                    () -> mechanism.committed(LOG, "shop.billing", 0),
                    () -> Entries.open(
                            proxy.port(),
                            Map.of("prefix", space, "start-wait", TIMEOUT.toSeconds() + "s", "timeout", "1s")));
            List<Future<Ended>> ending = new ArrayList<>();
            ending.add(threads.submit(() -> ended(() -> codeOf(writer.append(0, Entries.entry("second"))))));
            calls.forEach(call -> ending.add(threads.submit(() -> ended(() -> codeOf(call)))));
            for (Future<Ended> each : ending) {
                Ended ended = each.get(1, TimeUnit.MINUTES);
                assertThat(ended.code()).isIn(ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN);
                assertThat(ended.after()).isLessThan(LONGEST);
            }
            assertThat(ending.getFirst().get().code())
                    .as("what was sent may have been written")
                    .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
            proxy.blackHole(false);
            await().atMost(PATIENCE).ignoreException(FairleadException.class).until(() -> {
                writer.resume();
                return true;
            });
            long end = mechanism.bounds(LOG, 0).end();
            assertThat(end).isBetween(1L, 2L);
            assertThat(Entries.append(writer, "third")).isEqualTo(end);
            try (LogReader again = mechanism.read(LOG, 0, 0)) {
                assertThat(Entries.values(again, (int) end + 1))
                        .containsExactlyElementsOf(
                                end == 1 ? List.of("first", "third") : List.of("first", "second", "third"));
            }
            reader.close();
        }
    }

    private static Ended ended(Supplier<ErrorCode> call) {
        long begin = System.nanoTime();
        ErrorCode code = call.get();
        return new Ended(code, Duration.ofNanos(System.nanoTime() - begin));
    }

    @Test
    void noRecordIsLostOrDoubledWhenConnectionsBreakAgainAndAgain() throws Exception {
        try (HttpMechanism mechanism = open("60s")) {
            LogWorkload.Settings work = new LogWorkload.Settings(1, 4, 2, 1500, Durability.D2, 1);
            AtomicBoolean disturbed = new AtomicBoolean();
            CompletableFuture<Verdict> judged = CompletableFuture.supplyAsync(
                    () -> LogWorkload.run(mechanism, work, folder.resolve(space), () -> !disturbed.get()));
            String log = LogWorkload.log(mechanism, 0);
            await().atMost(PATIENCE)
                    .ignoreException(FairleadException.class)
                    .until(() -> mechanism.bounds(log, 0).end() > 0);
            for (int fault = 0; fault < 20; fault++) {
                long before = mechanism.bounds(log, 0).end();
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> mechanism.bounds(log, 0).end() > before + 50);
                assertThat(judged).as("the workload, at fault %d", fault).isNotDone();
                if (fault % 2 == 0) {
                    int cuts = proxy.cuts();
                    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
                        proxy.cutAnswerTo(
                                HttpFaultsTest::isAppend); // again, if that connection broke before its answer
                        return proxy.cuts() > cuts;
                    });
                    proxy.cutAnswerTo(data -> false);
                } else {
                    proxy.reset();
                }
            }
            disturbed.set(true);
            Verdict verdict = judged.get(5, TimeUnit.MINUTES);

            assertThat(verdict.witnesses()).isEmpty();
            assertThat(verdict.judged()).contains(Rule.A1, Rule.A9, Rule.A12);
            assertThat(verdict.valid(6000, 0)).as(verdict.toString()).isTrue();
        }
    }
}
