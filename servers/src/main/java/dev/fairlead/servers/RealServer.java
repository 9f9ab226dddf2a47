package dev.fairlead.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The servers that can be started here. Each is a child process on this machine alone, on free ports and a folder of its own, with
 * settings under which an acknowledged write survives a power loss.
 *
 * <p>Safe for many threads; starting blocks for seconds, and for minutes when a package must be installed first.
 */
public enum RealServer {
    /** PostgreSQL: 18 from its Maven artifact where tests have that, else the newest of Debian's packages. */
    POSTGRESQL("PostgreSQL", PostgresServer::start),
    /** PostgreSQL 15, from its Maven artifact, which {@code server-jars/postgresql} fetches. */
    POSTGRESQL_15("PostgreSQL 15", () -> PostgresServer.start(15)),
    /** PostgreSQL 16, likewise. */
    POSTGRESQL_16("PostgreSQL 16", () -> PostgresServer.start(16)),
    /** PostgreSQL 17, likewise. */
    POSTGRESQL_17("PostgreSQL 17", () -> PostgresServer.start(17)),
    /** MariaDB, from the path or Debian's packages. */
    MARIADB("MariaDB", MariaServer::start),
    /** Apache Kafka, from its Maven artifacts, whose list {@code server-jars/kafka} makes. */
    KAFKA("Kafka", KafkaServer::start),
    /** Kafka whose clients come through a proxy: the settings lead to where that is to be, the port of the process is its own. */
    KAFKA_BEHIND_PROXY("Kafka behind a proxy", KafkaServer::startBehindProxy),
    /** Kafka that wants TLS from both sides and a user's password; the settings name files in its folder. */
    KAFKA_SECURED("Kafka with TLS", KafkaServer::startSecured),
    /** Redis 7, from the path or Debian's packages. */
    REDIS("Redis", () -> RedisServer.start("redis-server")),
    /** Valkey, from the path or Debian's packages: 12 has it among its backports. */
    VALKEY("Valkey", () -> RedisServer.start("valkey-server")),
    /** RabbitMQ, from the path or Debian's packages. */
    RABBITMQ("RabbitMQ", RabbitServer::start),
    /** ActiveMQ Artemis, from its Maven artifacts, whose list {@code server-jars/artemis} makes. */
    ARTEMIS("ActiveMQ Artemis", ArtemisServer::start),
    /** ActiveMQ Classic, from its Maven artifacts, whose list {@code server-jars/activemq} makes. */
    ACTIVEMQ("ActiveMQ Classic", ActivemqServer::start);

    /** How one more is started. */
    private interface Beginning {
        ServerProcess begin() throws IOException;
    }

    private static final Map<RealServer, ServerProcess> SHARED = new EnumMap<>(RealServer.class);
    private static final Map<RealServer, ServerProcess> KILLABLE = new EnumMap<>(RealServer.class);

    private final String title;
    private final Beginning beginning;

    RealServer(String title, Beginning beginning) {
        this.title = title;
        this.beginning = beginning;
    }

    /**
     * Starts one more, which ends with this process at the latest.
     *
     * @throws UncheckedIOException when it does not start; the message tells what was tried, what the server said and what helps
     */
    public ServerProcess start() {
        try {
            return beginning.begin();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    title + " does not start: " + e.getMessage() + " (set " + variable("URL") + " to use another one)",
                    e);
        }
    }

    /**
     * Settings of a mechanism that lead to the server that the environment names, else to one that all callers of this process share and
     * that none of them may kill. {@code FAIRLEAD_NAME_URL}, {@code …_USER} and {@code …_PASSWORD} name one; user and password are handed on
     * as the names of these variables.
     */
    public Map<String, String> shared() {
        String url = System.getenv(variable("URL"));
        if (url == null || url.isBlank()) {
            synchronized (SHARED) {
                return SHARED.computeIfAbsent(this, RealServer::start).settings();
            }
        }
        Map<String, String> settings = new HashMap<>(Map.of("url", url));
        if (System.getenv(variable("USER")) != null) {
            settings.put("user-env", variable("USER"));
        }
        if (System.getenv(variable("PASSWORD")) != null) {
            settings.put("password-env", variable("PASSWORD"));
        }
        return settings;
    }

    /** One that all callers of this process share and that each may kill, when it starts it again. */
    public ServerProcess killable() {
        synchronized (KILLABLE) {
            return KILLABLE.computeIfAbsent(this, RealServer::start);
        }
    }

    private String variable(String end) {
        return "FAIRLEAD_" + name().toUpperCase(Locale.ROOT) + "_" + end;
    }
}
