package dev.fairlead.mechanisms.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Position;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What strangers, operators and fail-overs do to the keys. */
@ParameterizedClass
@EnumSource(names = {"REDIS", "VALKEY"})
class KeysGoneTest {
    private static final String LOG = "shop.sale";
    private static final String QUEUE = "shop.parcel";
    private static final byte[] KEY = "k".getBytes(UTF_8);

    private final ServerProcess server;
    private RedisMechanism mechanism;
    private LogWriter writer;

    KeysGoneTest(RealServer kind) {
        server = kind.start();
    }

    @BeforeEach
    void open() {
        mechanism = Redis.open(server.port(), Map.of());
        mechanism.define(new LogDefinition(LOG, new Retention.LatestPerKey(), Durability.D2));
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        writer = mechanism.claim(LOG, "test");
    }

    @AfterEach
    void end() {
        mechanism.close();
        server.close();
    }

    private void send(String text) {
        Redis.result(mechanism.send(QUEUE, new Question(new byte[0], text.getBytes(UTF_8))));
    }

    @Test
    void everythingThatIsFlushedIsMissed() {
        Redis.append(writer, "first");
        mechanism.commit(LOG, "billing", new Position(0, 1));
        send("a");
        try (LogReader reader = mechanism.read(LOG, 0, 0);
                QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1))) {
            Redis.command(server, "FLUSHALL");
            damaged(() -> Redis.append(writer, "second"));
            damaged(writer::resume);
            damaged(() -> reader.poll(1, Duration.ZERO));
            damaged(() -> mechanism.latest(LOG, KEY));
            damaged(() -> mechanism.committed(LOG, "billing", 0));
            damaged(() -> mechanism.bounds(LOG, 0));
            damaged(() -> mechanism.claim(LOG, "another"));
            damaged(() -> receiver.poll(1, Duration.ZERO));
            damaged(() -> send("b"));
            try (RedisMechanism other = Redis.open(server.port(), Map.of())) {
                Redis.fails(ErrorCode.PLAN, LOG, () -> other.bounds(LOG, 0));
                other.define(new LogDefinition(LOG, new Retention.LatestPerKey(), Durability.D2));
                Redis.append(other.claim(LOG, "new"), "anew");
            }
            damaged(() -> reader.poll(1, Duration.ZERO));
            damaged(() -> Redis.append(writer, "third"));
        }
    }

    @Test
    void eachKeyThatIsDeletedIsMissed() {
        Redis.append(writer, "first");
        Redis.append(writer, "second");
        writer.erase(0, KEY, 1);
        mechanism.commit(LOG, "billing", new Position(0, 1));
        String base = "fairlead:log:" + LOG;
        Redis.command(server, "DEL", base + ":positions");
        damaged(() -> mechanism.committed(LOG, "billing", 0));
        Redis.command(server, "DEL", base + ":latest");
        damaged(() -> mechanism.latest(LOG, KEY));
        Redis.command(server, "DEL", base + ":erased");
        damaged(() -> mechanism.read(LOG, 0, 0).poll(10, Duration.ZERO));
        Redis.command(server, "DEL", base);
        damaged(() -> Redis.append(writer, "third"));
        damaged(() -> mechanism.read(LOG, 0, 0));
        Redis.command(server, "DEL", base + ":head");
        damaged(() -> mechanism.define(new LogDefinition(LOG, new Retention.LatestPerKey(), Durability.D2)));
    }

    @Test
    void entriesThatAreDeletedAreMissed() {
        for (int i = 0; i < 5; i++) {
            Redis.append(writer, "v" + i);
        }
        Redis.command(server, "XDEL", "fairlead:log:" + LOG, "1-2");
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            Redis.fails(ErrorCode.STORAGE_DAMAGED, "from 2 to 2", () -> reader.poll(10, Duration.ZERO));
            reader.seek(3);
            assertThat(Redis.values(reader, 5)).containsExactly("v3", "v4");
        }
        Redis.command(server, "XDEL", "fairlead:log:" + LOG, "1-4");
        Redis.fails(ErrorCode.STORAGE_DAMAGED, "at 4", () -> mechanism.latest(LOG, KEY));
    }

    @Test
    void eachKeyOfAQueueThatIsDeletedIsMissed() {
        for (String part : List.of("content", "state", "ready", "head")) {
            send("a");
            Redis.command(server, "DEL", "fairlead:queue:" + QUEUE + ":" + part);
            damaged(() -> mechanism.depth(QUEUE));
            damaged(() -> send("b"));
            Redis.command(server, "FLUSHALL");
            mechanism.close();
            open();
        }
    }

    private static void damaged(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Redis.fails(ErrorCode.STORAGE_DAMAGED, "127.0.0.1", call);
    }

    @Test
    void whatAStrangerAddsStopsNobody() {
        String stream = "fairlead:log:" + LOG;
        Redis.command(server, "XADD", stream, "1-*", "key", "k", "data", "of a stranger");
        assertThat(mechanism.latest(LOG, KEY).orElseThrow().payload()).isEqualTo("of a stranger".getBytes(UTF_8));
        Redis.command(server, "XADD", stream, "1-*", "nonsense", "1");
        Redis.command(server, "XADD", stream, "1-*", "key", "x".repeat(LogEntry.MAX_KEY + 1), "header", "2");
        assertThat(mechanism.bounds(LOG, 0).end()).isEqualTo(3);
        assertThat(Redis.append(writer, "own")).isEqualTo(3);
        Redis.command(server, "XADD", stream, "1-*", "key", "other", "data", "later");
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            List<LogRecord> records = new ArrayList<>();
            while (records.size() < 5) {
                records.addAll(reader.poll(2, Redis.PATIENCE).records());
            }
            assertThat(records).noneMatch(LogRecord::isErased);
            assertThat(records.get(1).payload()).isEmpty();
            assertThat(records.get(2).header()).isEmpty();
            assertThat(new String(records.get(3).payload(), UTF_8)).isEqualTo("own");
        }
        assertThat(mechanism.latest(LOG, KEY).orElseThrow().offset()).isEqualTo(3);
        assertThat(mechanism.latest(LOG, "other".getBytes(UTF_8)).orElseThrow().offset())
                .isEqualTo(4);
        mechanism.applyRetention(LOG);
        assertThat(mechanism.latest(LOG, "other".getBytes(UTF_8)).orElseThrow().offset())
                .isEqualTo(4);
    }

    @Test
    void anIdOfItsOwnThatAStrangerAddsIsTold() {
        Redis.append(writer, "first");
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            Redis.command(server, "XADD", "fairlead:log:" + LOG, "*", "key", "k");
            Redis.fails(ErrorCode.STORAGE_DAMAGED, "1-*", () -> reader.poll(10, Duration.ZERO));
            Redis.fails(ErrorCode.STORAGE_DAMAGED, "XSETID", () -> Redis.append(writer, "second"));
        }
    }

    @Test
    void aKeyOfAnotherKindIsTold() {
        Redis.command(server, "DEL", "fairlead:log:" + LOG);
        Redis.command(server, "SET", "fairlead:log:" + LOG, "something else");
        Redis.fails(ErrorCode.STORAGE_DAMAGED, "WRONGTYPE", () -> Redis.append(writer, "first"));
        Redis.fails(ErrorCode.STORAGE_DAMAGED, "WRONGTYPE", () -> mechanism.read(LOG, 0, 0));
    }

    @Test
    void aReaderThatRetentionHasOvertakenIsToldTheStart() {
        mechanism.define(new LogDefinition("old", new Retention.KeepFor(Duration.ofMillis(1)), Durability.D2));
        LogWriter old = mechanism.claim("old", "test");
        try (LogReader reader = mechanism.read("old", 0, 0)) {
            Redis.append(old, "first");
            org.awaitility.Awaitility.await().atMost(Redis.PATIENCE).until(() -> {
                mechanism.applyRetention("old");
                return mechanism.bounds("old", 0).start() == 1;
            });
            Redis.append(old, "second");
            LogBatch batch = reader.poll(1, Redis.PATIENCE);
            assertThat(batch.records().getFirst().offset()).isEqualTo(1);
            assertThat(batch.bounds().start()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatWentBackToAnOlderStateIsNoticedByAll(@TempDir Path backup) throws Exception {
        Redis.append(writer, "first");
        send("a");
        QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1));
        server.kill();
        copy(server.folder().resolve("appendonlydir"), backup);
        server.restart();
        Redis.append(writer, "second");
        send("b");
        try (LogReader reader = mechanism.read(LOG, 0, 0);
                RedisMechanism other = Redis.open(server.port(), Map.of());
                LogReader far = other.read(LOG, 0, 2)) {
            assertThat(Redis.values(reader, 2)).containsExactly("first", "second");
            server.kill();
            copy(backup, server.folder().resolve("appendonlydir"));
            server.restart();

            Redis.fails(ErrorCode.STORAGE_DAMAGED, "older state", () -> reader.poll(1, Duration.ZERO));
            Redis.fails(ErrorCode.STORAGE_DAMAGED, "older state", () -> Redis.append(writer, "third"));
            Redis.fails(ErrorCode.STORAGE_DAMAGED, "older state", writer::resume);
            Redis.fails(ErrorCode.STORAGE_DAMAGED, "older state", () -> receiver.poll(1, Duration.ZERO));
            Redis.fails(ErrorCode.STORAGE_DAMAGED, "older state", () -> send("c"));

            LogWriter successor = other.claim(LOG, "successor");
            for (int i = 0; i < 5; i++) {
                Redis.append(successor, "another " + i);
            }
            Redis.fails(ErrorCode.STORAGE_DAMAGED, "older state", () -> far.poll(1, Duration.ZERO));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> old = Files.list(to)) {
            for (Path each : old.toList()) {
                Files.delete(each);
            }
        }
        try (Stream<Path> files = Files.list(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(each.getFileName()));
            }
        }
    }

    @Test
    void aServerThatForgotItsScriptsIsToldThemAgain() {
        Redis.append(writer, "first");
        Redis.command(server, "SCRIPT", "FLUSH");
        assertThat(Redis.append(writer, "second")).isEqualTo(1);
    }
}
