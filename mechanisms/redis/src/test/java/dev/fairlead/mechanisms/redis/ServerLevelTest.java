package dev.fairlead.mechanisms.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.Retention;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the settings of the server do to what is offered. */
@ParameterizedClass
@EnumSource(names = {"REDIS", "VALKEY"})
class ServerLevelTest {
    private static final String LOG = "shop.sale";
    private static final String QUEUE = "shop.parcel";

    private final ServerProcess server;

    ServerLevelTest(RealServer kind) {
        server = kind.start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private RedisMechanism open() {
        return Redis.open(server.port(), Map.of());
    }

    /** For a server that keeps refusing: what is refused for a while only is tried until the time-out. */
    private RedisMechanism openImpatiently() {
        return Redis.open(server.port(), Map.of("start-wait", "3s", "timeout", "3s"));
    }

    private void set(String name, String value) {
        Redis.command(server, "CONFIG", "SET", name, value);
    }

    private static LogWriter define(RedisMechanism mechanism, Durability durability) {
        mechanism.define(new LogDefinition(LOG, new Retention.KeepAll(), durability));
        mechanism.define(new QueueDefinition(QUEUE, durability));
        return mechanism.claim(LOG, "test");
    }

    private static Question message() {
        return new Question(new byte[0], "a".getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "appendonly, no, D0",
        "appendfsync, everysec, D0",
        "appendfsync, no, D1",
        "no-appendfsync-on-rewrite, yes, D1"
    })
    void aSettingThatWeakensIsInTheReceiptAndRefusedWhereMoreIsAsked(String name, String value, Durability offered) {
        set(name, value);
        try (RedisMechanism mechanism = open()) {
            assertThat(mechanism.durability()).isEqualTo(offered);
            assertThat(mechanism.weakened()).singleElement().asString().contains(name);
            assertThat(mechanism.capabilities()).doesNotContain(Capability.SURVIVES_POWER_LOSS);
            assertThat(mechanism.capabilities().contains(Capability.SURVIVES_KILL))
                    .isEqualTo(offered == Durability.D1);
            Redis.fails(ErrorCode.CAPABILITY, name, () -> define(mechanism, Durability.D2));
            LogWriter writer = define(mechanism, offered);
            assertThat(Redis.result(writer.append(0, List.of(Redis.entry("k", "v"))))
                            .durability())
                    .isEqualTo(offered);
            assertThat(Redis.result(mechanism.send(QUEUE, message())).durability())
                    .isEqualTo(offered);
        }
    }

    @Test
    void aServerThatOffersLessAfterAReconnectionIsWrittenToNoMore() {
        try (RedisMechanism mechanism = open()) {
            LogWriter writer = define(mechanism, Durability.D2);
            Redis.append(writer, "first");
            set("appendfsync", "everysec");
            Redis.command(server, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            Redis.fails(ErrorCode.CAPABILITY, "everysec", () -> Redis.append(writer, "second"));
            assertThatThrownBy(() -> Redis.result(mechanism.send(QUEUE, message())))
                    .hasMessageContaining("everysec");
            try (LogReader reader = mechanism.read(LOG, 0, 0)) {
                assertThat(Redis.values(reader, 1)).containsExactly("first");
            }
            set("appendfsync", "always");
            Redis.command(server, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            writer.resume();
            assertThat(Redis.append(writer, "second")).isEqualTo(1);
        }
    }

    @Test
    void aServerThatEvictsIsRefused() {
        try (RedisMechanism mechanism = open()) {
            LogWriter writer = define(mechanism, Durability.D0);
            set("maxmemory", "100mb");
            open().close();
            set("maxmemory-policy", "allkeys-lru");
            Redis.fails(ErrorCode.CAPABILITY, "noeviction", this::open);
            Redis.command(server, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            Redis.fails(ErrorCode.CAPABILITY, "allkeys-lru", () -> Redis.append(writer, "first"));
            set("maxmemory-policy", "volatile-lru");
            open().close();
        }
    }

    @Test
    void aFullServerTakesNothingAndGivesAllItHas() {
        try (RedisMechanism mechanism = open()) {
            LogWriter writer = define(mechanism, Durability.D2);
            Redis.append(writer, "first");
            Redis.result(mechanism.send(QUEUE, message()));
            set("maxmemory", "1mb");
            Redis.fails(ErrorCode.STORAGE_FULL, "maxmemory", () -> Redis.append(writer, "second"));
            Redis.fails(ErrorCode.STORAGE_FULL, "maxmemory", () -> Redis.result(mechanism.send(QUEUE, message())));
            try (LogReader reader = mechanism.read(LOG, 0, 0)) {
                assertThat(Redis.values(reader, 1)).containsExactly("first");
            }
            Delivered delivered = mechanism
                    .receive(QUEUE, Duration.ofMinutes(1))
                    .poll(1, Redis.PATIENCE)
                    .getFirst();
            Redis.result(delivered.acknowledge());
            set("maxmemory", "0");
            writer.resume();
            assertThat(Redis.append(writer, "second")).isEqualTo(1);
        }
    }

    @Test
    void aReplicaIsNotWrittenTo() {
        try (RedisMechanism mechanism = openImpatiently()) {
            LogWriter writer = define(mechanism, Durability.D2);
            Redis.append(writer, "first");
            Redis.command(server, "REPLICAOF", "127.0.0.1", "1");
            Redis.fails(ErrorCode.UNREACHABLE, "replica", () -> Redis.append(writer, "second"));
            Redis.fails(ErrorCode.UNREACHABLE, "replica", this::openImpatiently);
            Redis.command(server, "REPLICAOF", "NO", "ONE");
            writer.resume();
            assertThat(Redis.append(writer, "second")).isEqualTo(1);
        }
    }

    @Test
    void aServerWithoutItsReplicasIsWaitedFor() {
        try (RedisMechanism mechanism = openImpatiently()) {
            LogWriter writer = define(mechanism, Durability.D2);
            set("min-replicas-to-write", "1");
            Redis.fails(ErrorCode.UNREACHABLE, "NOREPLICAS", () -> Redis.append(writer, "first"));
            set("min-replicas-to-write", "0");
            writer.resume();
            assertThat(Redis.append(writer, "first")).isZero();
        }
    }

    @Test
    void aClusterIsRefused() throws Exception {
        server.kill();
        Files.writeString(server.folder().resolve("redis.conf"), "cluster-enabled yes\n", StandardOpenOption.APPEND);
        server.restart();
        Redis.fails(ErrorCode.CAPABILITY, "cluster", this::open);
    }
}
