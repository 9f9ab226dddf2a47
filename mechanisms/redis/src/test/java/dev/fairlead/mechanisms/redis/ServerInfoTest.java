package dev.fairlead.mechanisms.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisDataException;

/** Answers to {@code INFO} of servers that need not be here, cut to what is read. */
class ServerInfoTest {
    private static final String VALKEY_7 = info("redis_version:7.2.4", "server_name:valkey", "valkey_version:7.2.9");
    private static final String VALKEY_8 =
            info("redis_version:7.2.4", "server_name:valkey", "valkey_version:8.1.1", "valkey_release_stage:ga");
    private static final String REDIS_8 = info("redis_version:8.2.2");

    /** Lines end as the protocol has it, and sections have titles. */
    private static String info(String... server) {
        return "# Server\r\n" + String.join("\r\n", server)
                + "\r\nserver_mode:standalone\r\nos:Linux 6.1.0 x86_64\r\nexecutable:/data/valkey-server\r\nconfig_file:\r\n"
                + "\r\n# Replication\r\nrole:master\r\nconnected_slaves:0\r\n\r\n# Cluster\r\ncluster_enabled:0\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis_version:6.2.11",
                "redis_version:unstable",
                "os:Linux",
                "server_name:valkey\r\nvalkey_version:6"
            })
    void whatIsTooOldOrUnknownIsRefusedByName(String server) {
        ServerInfo info = ServerInfo.of(info(server));
        Redis.fails(ErrorCode.CAPABILITY, "somewhere is " + info.version(), () -> info.requireUsable("somewhere"));
    }

    @Test
    void valkeyIsKnownByItsOwnVersion() {
        assertThat(ServerInfo.of(VALKEY_7).version()).isEqualTo("Valkey 7.2.9");
        assertThat(ServerInfo.of(VALKEY_8).version()).isEqualTo("Valkey 8.1.1");
        assertThat(ServerInfo.of(REDIS_8).version()).isEqualTo("Redis 8.2.2");
        for (String each : new String[] {VALKEY_7, VALKEY_8, REDIS_8}) {
            ServerInfo info = ServerInfo.of(each);
            info.requireUsable("somewhere");
            assertThat(info.hasReplicas()).isFalse();
        }
        // Should it once no longer say what it is like, its own version is enough.
        ServerInfo.of(VALKEY_8.replace("redis_version:7.2.4\r\n", "")).requireUsable("somewhere");
    }

    @Test
    void aReplicaAClusterAndReplicasAreSeen() {
        assertThatThrownBy(() -> ServerInfo.of(VALKEY_8.replace("role:master", "role:slave"))
                        .requireUsable("somewhere"))
                .isInstanceOf(JedisDataException.class)
                .hasMessageContaining("replica");
        Redis.fails(
                ErrorCode.CAPABILITY,
                "cluster",
                () -> ServerInfo.of(VALKEY_8.replace("cluster_enabled:0", "cluster_enabled:1"))
                        .requireUsable("somewhere"));
        assertThat(ServerInfo.of(VALKEY_8.replace("slaves:0", "slaves:1")).hasReplicas())
                .isTrue();
    }
}
