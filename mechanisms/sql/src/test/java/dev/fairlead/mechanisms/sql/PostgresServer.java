package dev.fairlead.mechanisms.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL that tests of one process share: that of the environment, or one that is started and ends with the process. */
final class PostgresServer {
    private static @Nullable ServerProcess started;

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
        ServerProcess server = started;
        if (server == null) {
            try {
                server = ServerProcess.postgresql();
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "PostgreSQL does not start (set FAIRLEAD_POSTGRESQL_URL to use another)", e);
            }
            started = server;
        }
        return server.settings();
    }

    /** The folder with the programs, which are unpacked from the artifact the first time. */
    static Path binaries() throws IOException {
        Path unpacked = Path.of("target", "postgresql").toAbsolutePath();
        Optional<Path> known = programs(unpacked);
        if (known.isEmpty()) {
            EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(unpacked.toFile())
                    .start()
                    .close();
            known = programs(unpacked);
        }
        return known.orElseThrow(() -> new IOException("no program postgres below " + unpacked));
    }

    private static Optional<Path> programs(Path unpacked) throws IOException {
        if (!Files.isDirectory(unpacked)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(unpacked)) {
            return files.filter(file -> file.endsWith("bin/postgres"))
                    .map(Path::getParent)
                    .filter(Objects::nonNull)
                    .findFirst();
        }
    }
}
