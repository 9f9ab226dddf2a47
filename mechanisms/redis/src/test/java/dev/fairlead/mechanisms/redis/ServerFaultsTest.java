package dev.fairlead.mechanisms.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.faults.TcpProxy;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.AskLoad;
import dev.fairlead.testkit.workload.LogWorkload;
import dev.fairlead.testkit.workload.QueueWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What kills, pauses and broken connections do to what is under way. */
@ParameterizedClass
@EnumSource(names = {"REDIS", "VALKEY"})
class ServerFaultsTest {
    private static final String LOG = "shop.sale";
    private static final String QUEUE = "shop.parcel";
    private static final Duration FIRST_DELIVERY = Duration.ofSeconds(10);
    /** Waited for by each call that a silent server does not answer; what comes before and after must not take so long on a busy machine. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Map<String, String> IMPATIENT = Map.of("timeout", TIMEOUT.toSeconds() + "s", "poll", "200ms");

    private final ServerProcess server;
    private final TcpProxy proxy;

    ServerFaultsTest(RealServer kind) {
        server = kind.start();
        proxy = TcpProxy.to(server.port());
    }

    @AfterEach
    void end() {
        proxy.close();
        server.close();
    }

    private static LogWriter define(RedisMechanism mechanism) {
        mechanism.define(new LogDefinition(LOG, new Retention.LatestPerKey(), Durability.D2));
        return mechanism.claim(LOG, "test");
    }

    @Test
    void aLogLosesNothingWhenTheServerIsKilledThreeTimes(@TempDir Path folder) throws Exception {
        LogWorkload.Settings settings = LogWorkload.Settings.defaults().withDurability(Durability.D2);
        Verdict verdict = killed(
                (mechanism, goesOn) -> LogWorkload.run(mechanism, settings, folder.resolve("history"), goesOn), 700);
        assertThat(verdict.valid(5000, 0)).as(verdict.toString()).isTrue();
        assertThat(verdict.witnesses()).isEmpty();
    }

    @Test
    void aQueueLosesNothingWhenTheServerIsKilledThreeTimes(@TempDir Path folder) throws Exception {
        Verdict verdict = killed(
                (mechanism, goesOn) ->
                        QueueWorkload.run(mechanism, Durability.D2, 1, folder.resolve("history"), goesOn),
                500);
        assertThat(verdict.valid(5000, 0)).as(verdict.toString()).isTrue();
        assertThat(verdict.witnesses()).isEmpty();
    }

    @Test
    void questionsAreToldTheTruthWhenTheServerIsKilledThreeTimes() throws Exception {
        try (RedisMechanism asker = Redis.open(server.port(), Map.of());
                RedisMechanism owner = Redis.open(server.port(), Map.of("connections", "5"))) {
            AskLoad load = new AskLoad(asker, owner);
            for (int kill = 0; kill < 3; kill++) {
                int before = load.answers();
                await().atMost(Redis.PATIENCE).until(() -> load.answers() > before + 50);
                int failuresBefore = load.failures();
                server.kill();
                await().atMost(Redis.PATIENCE).until(() -> load.failures() > failuresBefore);
                int after = load.answers();
                server.restart();
                await().atMost(FIRST_DELIVERY).until(() -> load.answers() > after);
            }
            load.judge(Duration.ofSeconds(20)); // twice the time-out
        }
    }

    /** Kills and starts the server again three times, each after so many commands. */
    private Verdict killed(BiFunction<RedisMechanism, BooleanSupplier, Verdict> workload, long commands)
            throws Exception {
        try (RedisMechanism mechanism = Redis.open(server.port(), Map.of("timeout", "30s"))) {
            AtomicBoolean disturbed = new AtomicBoolean();
            CompletableFuture<Verdict> working = onItsOwn(() -> workload.apply(mechanism, () -> !disturbed.get()));
            for (int kill = 0; kill < 3; kill++) {
                await().atMost(Redis.PATIENCE).until(() -> working.isDone() || commands() > commands);
                assertThat(working).as("the work that is to be disturbed").isNotDone();
                server.kill();
                server.restart();
            }
            disturbed.set(true);
            return working.get();
        }
    }

    /** On a thread of its own; what waits for the end of a process needs the shared ones. */
    private static <T> CompletableFuture<T> onItsOwn(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().start(task));
    }

    private long commands() {
        String info = new String((byte[]) Redis.command(server, "INFO", "stats"), UTF_8);
        return info.lines()
                .filter(line -> line.startsWith("total_commands_processed:"))
                .mapToLong(line -> Long.parseLong(line.split(":")[1].strip()))
                .findFirst()
                .orElse(0);
    }

    @Test
    void theFirstRecordAfterAKillComesSoon() throws Exception {
        try (RedisMechanism mechanism = Redis.open(server.port(), Map.of())) {
            LogWriter writer = define(mechanism);
            try (LogReader reader = mechanism.read(LOG, 0, 0)) {
                Redis.append(writer, "before");
                assertThat(Redis.values(reader, 1)).containsExactly("before");
                CompletableFuture<LogBatch> waiting = onItsOwn(() -> reader.poll(1, Redis.PATIENCE));
                server.kill();
                server.restart();
                long ready = System.nanoTime();
                Redis.append(writer, "after");
                assertThat(waiting.get().records()).hasSize(1);
                assertThat(Duration.ofNanos(System.nanoTime() - ready)).isLessThan(FIRST_DELIVERY);
            }
        }
    }

    private static boolean holds(byte[] request, String text) {
        return new String(request, ISO_8859_1).contains(text);
    }

    @Test
    void anAppendWhoseAnswerWasLostIsWrittenOnce() {
        try (RedisMechanism mechanism = Redis.open(proxy.port(), Map.of())) {
            LogWriter writer = define(mechanism);
            assertThat(Redis.append(writer, "first")).isZero();
            proxy.cutAnswerTo(request -> holds(request, "second"));
            assertThat(Redis.append(writer, "second")).isEqualTo(1);
            assertThat(Redis.append(writer, "third")).isEqualTo(2);
            assertThat(proxy.cuts()).isEqualTo(1);
            try (LogReader reader = mechanism.read(LOG, 0, 0)) {
                assertThat(Redis.values(reader, 3)).containsExactly("first", "second", "third");
            }
        }
    }

    @Test
    void whatAQueueWasToldIsDoneOnceWhenTheAnswerWasLost() {
        try (RedisMechanism mechanism = Redis.open(proxy.port(), Map.of())) {
            mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
            proxy.cutAnswerTo(request -> holds(request, "parcel 1"));
            Redis.result(mechanism.send(QUEUE, message("parcel 1")));
            assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(1, 0, 0, 0));
            try (QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1))) {
                Delivered delivered = receiver.poll(1, Redis.PATIENCE).getFirst();
                proxy.cutAnswerTo(request -> holds(request, "acknowledge"));
                Redis.result(delivered.acknowledge());
                Redis.result(mechanism.send(QUEUE, message("parcel 2")));
                Redis.result(receiver.poll(1, Redis.PATIENCE).getFirst().setAside("why"));
                proxy.cutAnswerTo(request -> holds(request, "8388608") || holds(request, "16777216"));
                long number =
                        mechanism.deadLetters(QUEUE).list(-1, 1).getFirst().number();
                assertThat(mechanism.deadLetters(QUEUE).redrive(List.of(number)))
                        .isEqualTo(1);
            }
            assertThat(proxy.cuts()).isEqualTo(3);
            assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(1, 0, 0, 0));
        }
    }

    private static Question message(String text) {
        return new Question(new byte[0], text.getBytes(UTF_8));
    }

    @Test
    void anAppendThatAPausedServerDoesLaterIsKnownOrCannotHappenAnyMore() throws Exception {
        try (RedisMechanism mechanism = Redis.open(server.port(), IMPATIENT)) {
            LogWriter writer = define(mechanism);
            Redis.append(writer, "first");
            server.pause();
            Redis.fails(ErrorCode.OUTCOME_UNKNOWN, LOG, () -> Redis.append(writer, "second"));
            Redis.fails(ErrorCode.UNREACHABLE, "not resumed", () -> Redis.append(writer, "lost"));
            server.resume();
            await().atMost(Redis.PATIENCE).ignoreExceptions().until(() -> {
                writer.resume();
                return true;
            });
            long end = mechanism.bounds(LOG, 0).end();
            assertThat(end).isBetween(1L, 2L);
            assertThat(Redis.append(writer, "third")).isEqualTo(end);
            try (LogReader reader = mechanism.read(LOG, 0, 0)) {
                assertThat(Redis.values(reader, end + 1)).hasSize((int) end + 1).endsWith("third");
            }
        }
    }

    @Test
    void anAppendThatArrivesAfterTheWriterWasResumedDoesNothing() {
        try (RedisMechanism mechanism = Redis.open(proxy.port(), IMPATIENT);
                RedisMechanism direct = Redis.open(server.port(), Map.of())) {
            LogWriter writer = define(mechanism);
            Redis.append(writer, "first");
            proxy.blackHole(true);
            Redis.fails(ErrorCode.OUTCOME_UNKNOWN, LOG, () -> Redis.append(writer, "second"));
            LogRow row = new Logs(direct.server()).get(LOG);
            Reply resumed = direct.server()
                    .call(
                            "resuming",
                            connection -> Script.LOG_RESUME.run(
                                    connection,
                                    row.key(),
                                    new Words()
                                            .add(row.id())
                                            .add(writer.epoch())
                                            .add(2)
                                            .add(1)));
            assertThat(resumed.number(1)).isEqualTo(1);
            proxy.blackHole(false);
            await().atMost(Redis.PATIENCE).ignoreExceptions().until(() -> {
                writer.resume();
                return true;
            });
            assertThat(Redis.append(writer, "third")).isEqualTo(1);
            try (LogReader reader = direct.read(LOG, 0, 0)) {
                assertThat(Redis.values(reader, 2)).containsExactly("first", "third");
            }
        }
    }

    @Test
    void everyCallEndsInTimeWhenTheServerFallsSilent() {
        try (RedisMechanism mechanism = Redis.open(proxy.port(), IMPATIENT)) {
            LogWriter writer = define(mechanism);
            mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
            LogReader reader = mechanism.read(LOG, 0, 0);
            QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1));
            Redis.append(writer, "first");
            proxy.blackHole(true);
            List<Runnable> calls = List.of(
                    () -> Redis.append(writer, "second"),
                    () -> Redis.result(mechanism.send(QUEUE, message("a"))),
                    () -> reader.poll(1, Duration.ofMillis(1)),
                    () -> receiver.poll(1, Duration.ofMillis(1)),
                    () -> mechanism.bounds(LOG, 0),
                    () -> mechanism.depth(QUEUE),
                    () -> mechanism.claim(LOG, "another"),
                    () -> Redis.open(proxy.port(), Map.of("start-wait", "1s", "timeout", "2s")));
            for (Runnable call : calls) {
                long begin = System.nanoTime();
                try {
                    call.run();
                    throw new AssertionError("it worked without the server");
                } catch (FairleadException away) {
                    assertThat(away.code()).isIn(ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN);
                    assertThat(away).hasMessageContaining("127.0.0.1:" + proxy.port());
                }
                assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .as("twice the time-out, and what a busy machine needs")
                        .isLessThan(TIMEOUT.multipliedBy(2).plusSeconds(2));
            }
            proxy.blackHole(false);
            await().atMost(Redis.PATIENCE).ignoreExceptions().until(() -> {
                writer.resume();
                return true;
            });
        }
    }

    @Test
    void waitsForAServerThatIsAwayAtTheStart() throws Exception {
        server.kill();
        CompletableFuture<RedisMechanism> opening = onItsOwn(() -> Redis.open(server.port(), Map.of()));
        Redis.fails(
                ErrorCode.UNREACHABLE, "start-wait", () -> Redis.open(server.port(), Map.of("start-wait", "100ms")));
        assertThat(opening).isNotDone();
        server.restart();
        opening.get().close();
    }

    @Test
    void aConnectionThatIsBrokenAgainAndAgainIsMadeAnew() {
        try (RedisMechanism mechanism = Redis.open(proxy.port(), Map.of())) {
            proxy.delay(Duration.ofMillis(2));
            LogWriter writer = define(mechanism);
            try (LogReader reader = mechanism.read(LOG, 0, 0)) {
                for (int i = 0; i < 20; i++) {
                    proxy.reset();
                    assertThat(Redis.append(writer, "v" + i)).isEqualTo(i);
                    proxy.reset();
                    assertThat(Redis.values(reader, i + 1)).containsExactly("v" + i);
                }
            }
        }
    }
}
