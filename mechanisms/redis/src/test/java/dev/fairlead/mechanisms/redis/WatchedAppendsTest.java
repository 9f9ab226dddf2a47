package dev.fairlead.mechanisms.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.faults.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches that go by a transaction keep every promise of those that go by a script. */
class WatchedAppendsTest {
    private static final String LOG = "shop.sale";
    private static final int BATCH = 20;
    private static ServerProcess server;

    private final List<String> sent = new ArrayList<>();
    private TcpProxy proxy;
    private RedisMechanism mechanism;
    private LogWriter writer;
    private String stream;

    @BeforeAll
    static void start() {
        server = RealServer.REDIS.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        Redis.command(server, "FLUSHALL");
        Redis.command(server, "CONFIG", "SET", "maxmemory", "0");
        proxy = TcpProxy.to(server.port());
        mechanism = Redis.open(proxy.port(), Map.of("prefix", "watched"));
        define(new Retention.LatestPerKey());
    }

    private void define(Retention retention) {
        mechanism.define(new LogDefinition(LOG, retention, Durability.D2));
        writer = mechanism.claim(LOG, "owner");
        stream = "watched:log:" + LOG;
    }

    @AfterEach
    void close() {
        mechanism.close();
        proxy.close();
    }

    /** Appends a batch; its first offset. */
    private long append(LogWriter by, String name) {
        List<LogEntry> batch = IntStream.range(0, BATCH)
                .mapToObj(i -> Redis.entry("k" + i % 7, name + i))
                .toList();
        long first = Redis.result(by.append(0, batch)).first().offset();
        batch.forEach(entry -> sent.add(new String(entry.payload(), UTF_8)));
        return first;
    }

    private List<String> all() {
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            return Redis.values(reader, mechanism.bounds(LOG, 0).end());
        }
    }

    /** How many commands of a kind the server has done. */
    private static long done(String command) {
        String stats = new String((byte[]) Redis.command(server, "INFO", "commandstats"), UTF_8);
        return stats.lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void allBatchesButTheFirstGoByATransactionAndAreReadAndFound() {
        append(writer, "a");
        long before = done("multi");
        for (String name : new String[] {"b", "c", "d"}) {
            append(writer, name);
        }
        assertThat(done("multi") - before).isEqualTo(3);
        assertThat(all()).isEqualTo(sent);
        assertThat(new String(
                        mechanism
                                .latest(LOG, "k6".getBytes(UTF_8))
                                .orElseThrow()
                                .payload(),
                        UTF_8))
                .isEqualTo("d13");
    }

    @Test
    void aWriterThatWasReplacedWritesNothing() {
        append(writer, "a");
        append(writer, "b");
        LogWriter successor = mechanism.claim(LOG, "successor");
        Redis.fails(ErrorCode.FENCED, "successor", () -> append(writer, "zombie"));
        append(successor, "c");
        append(successor, "d");
        assertThat(all()).isEqualTo(sent);
    }

    @Test
    void whatAStrangerAddsBetweenComesBetween() {
        append(writer, "a");
        append(writer, "b");
        Redis.command(server, "XADD", stream, "1-*", "key", "k0", "data", "stranger");
        sent.add("stranger");
        assertThat(append(writer, "c")).isEqualTo(2 * BATCH + 1);
        append(writer, "d");
        assertThat(all()).isEqualTo(sent);
    }

    @Test
    void aBatchWhoseAnswerIsLostIsWrittenOnce() {
        append(writer, "a");
        for (int round = 0; round < 5; round++) {
            append(writer, "before" + round + "-");
            String lost = "lost" + round + "-";
            proxy.cutAnswerTo(bytes -> new String(bytes, ISO_8859_1).contains(lost));
            append(writer, lost);
            assertThat(proxy.cuts()).isEqualTo(round + 1);
        }
        assertThat(all()).isEqualTo(sent);
    }

    @Test
    void connectionsThatBreakLoseAndDoubleNothing() {
        for (int round = 0; round < 20; round++) {
            append(writer, "x" + round + "-");
            proxy.reset();
        }
        assertThat(all()).isEqualTo(sent);
    }

    @Test
    void aServerThatForgetsItsScriptsIsTaughtThemAgain() {
        append(writer, "a");
        append(writer, "b");
        Redis.command(server, "SCRIPT", "FLUSH");
        append(writer, "c");
        append(writer, "d");
        append(writer, "e");
        long before = done("multi");
        append(writer, "f");
        assertThat(done("multi") - before).isEqualTo(1);
        assertThat(all()).isEqualTo(sent);
    }

    @Test
    void aFullServerRefusesAndGoesOnWhenThereIsRoom() {
        append(writer, "a");
        append(writer, "b");
        Redis.command(server, "CONFIG", "SET", "maxmemory", "1");
        Redis.fails(ErrorCode.STORAGE_FULL, "", () -> append(writer, "refused"));
        Redis.command(server, "CONFIG", "SET", "maxmemory", "0");
        writer.resume();
        append(writer, "c");
        append(writer, "d");
        assertThat(all()).isEqualTo(sent);
    }

    @Test
    void whatIsGoneIsTold() {
        append(writer, "a");
        append(writer, "b");
        Redis.command(server, "DEL", stream);
        Redis.fails(ErrorCode.STORAGE_DAMAGED, "gone", () -> append(writer, "c"));
        assertThat(Redis.command(server, "EXISTS", stream)).isEqualTo(0L);
    }

    @Test
    void batchesOfALogKeptForATimeAgeToo() {
        mechanism.close();
        Redis.command(server, "FLUSHALL");
        mechanism = Redis.open(proxy.port(), Map.of("prefix", "watched"));
        define(new Retention.KeepFor(Duration.ofSeconds(1)));
        append(writer, "a");
        append(writer, "b");
        await().atMost(Redis.PATIENCE).until(() -> {
            mechanism.applyRetention(LOG);
            return mechanism.bounds(LOG, 0).start() == 2L * BATCH;
        });
    }
}
