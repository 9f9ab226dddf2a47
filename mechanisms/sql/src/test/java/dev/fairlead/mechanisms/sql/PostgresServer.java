package dev.fairlead.mechanisms.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL that tests of one process share: that of the environment, or one that is started and ends with the process. */
final class PostgresServer {
    private static @Nullable EmbeddedPostgres started;

    private PostgresServer() {}

    /** Settings of the mechanism that lead there: {@code FAIRLEAD_POSTGRESQL_URL}, {@code …_USER} and {@code …_PASSWORD}, or the started one. */
    static synchronized Map<String, String> settings() {
        String url = System.getenv("FAIRLEAD_POSTGRESQL_URL");
        if (url != null) {
            Map<String, String> settings = new HashMap<>(Map.of("url", url));
            if (System.getenv("FAIRLEAD_POSTGRESQL_USER") != null) {
                settings.put("user-env", "FAIRLEAD_POSTGRESQL_USER");
            }
            if (System.getenv("FAIRLEAD_POSTGRESQL_PASSWORD") != null) {
                settings.put("password-env", "FAIRLEAD_POSTGRESQL_PASSWORD");
            }
            return settings;
        }
        try {
            EmbeddedPostgres server = started;
            if (server == null) {
                server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("max_connections", "200")
                        .start();
                started = server;
            }
            return Map.of("url", server.getJdbcUrl("postgres", "postgres"), "user", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start (set FAIRLEAD_POSTGRESQL_URL to use another)", e);
        }
    }
}
