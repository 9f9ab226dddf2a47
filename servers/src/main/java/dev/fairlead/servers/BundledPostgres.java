package dev.fairlead.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of PostgreSQL that are on the class path of tests as an artifact, and are unpacked the first time. */
final class BundledPostgres {
    private static final String MARK = "io/zonky/test/db/postgres/embedded/EmbeddedPostgres.class";

    private BundledPostgres() {}

    static boolean isThere() {
        return ClassLoader.getSystemResource(MARK) != null;
    }

    static synchronized Path programs() throws IOException {
        Path unpacked = Files.isDirectory(Path.of("target"))
                ? Path.of("target", "postgresql").toAbsolutePath()
                : Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "fairlead-postgresql-" + ProcessHandle.current().pid());
        Optional<Path> known = below(unpacked);
        if (known.isEmpty()) {
            EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(unpacked.toFile())
                    .start()
                    .close();
            known = below(unpacked);
        }
        return known.orElseThrow(() -> new IOException("no program postgres below " + unpacked));
    }

    private static Optional<Path> below(Path unpacked) throws IOException {
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
