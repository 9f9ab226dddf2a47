package dev.fairlead.mechanisms.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The MariaDB that tests of one process share: that of the environment, or one that is started and ends with the process. */
final class MariaServer {
    private static @Nullable ServerProcess started;

    private MariaServer() {}

    /** Settings of the mechanism that lead there: {@code FAIRLEAD_MARIADB_URL}, {@code …_USER} and {@code …_PASSWORD}, or the started one. */
    static synchronized Map<String, String> settings() {
        String url = System.getenv("FAIRLEAD_MARIADB_URL");
        if (url != null) {
            Map<String, String> settings = new HashMap<>(Map.of("url", url));
            if (System.getenv("FAIRLEAD_MARIADB_USER") != null) {
                settings.put("user-env", "FAIRLEAD_MARIADB_USER");
            }
            if (System.getenv("FAIRLEAD_MARIADB_PASSWORD") != null) {
                settings.put("password-env", "FAIRLEAD_MARIADB_PASSWORD");
            }
            return settings;
        }
        ServerProcess server = started;
        if (server == null) {
            try {
                server = ServerProcess.mariadb();
            } catch (IOException e) {
                throw new UncheckedIOException("MariaDB does not start (set FAIRLEAD_MARIADB_URL to use another)", e);
            }
            started = server;
        }
        return server.settings();
    }
}
