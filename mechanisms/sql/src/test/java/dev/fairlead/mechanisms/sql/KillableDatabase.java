package dev.fairlead.mechanisms.sql;

import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens the mechanism on servers that tests may kill. */
final class KillableDatabase {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    /** Twice the time-out is the promise, for a connection and for what is sent by it; the rest is for a machine that is busy. */
    static final Duration LONGEST_CALL = TIMEOUT.multipliedBy(2).plusSeconds(2);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private KillableDatabase() {}

    /** Settings by which a test has tables that no other has. */
    static Map<String, String> newTables() {
        return Map.of("prefix", "k" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet() + "_");
    }

    /** Takes the tables of a test away. */
    static void remove(ServerProcess server, Map<String, String> tables) {
        Map<String, String> settings = new HashMap<>(server.settings());
        settings.putAll(tables);
        new SqlProvider().remove(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
    }

    /**
     * Opens the mechanism on the server, at another port of this machine, with four seconds of patience. PostgreSQL is sent its statements
     * as text, so that a proxy can tell a commit; MariaDB does not know that parameter, and always is.
     */
    static SqlMechanism open(ServerProcess server, int port, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(server.settings());
        settings.put(
                "url",
                settings.getOrDefault("url", "").replace(":" + server.port() + "/", ":" + port + "/")
                        + "?preferQueryMode=simple");
        settings.put("timeout", TIMEOUT.toSeconds() + "s");
        settings.put("poll", "200ms");
        settings.putAll(more);
        return SqlMechanism.open(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
    }
}
