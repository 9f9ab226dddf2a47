package dev.fairlead.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A new PostgreSQL. */
final class PostgresServer {
    private PostgresServer() {}

    static ServerProcess start() throws IOException {
        Path programs = programs();
        Path folder = ServerCommand.newFolder("postgresql");
        String data = folder.resolve("data").toString();
        ServerProcess.run(ServerCommand.toEnd(
                "initdb",
                folder,
                notAsRoot(List.of(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + data,
                        "--username=postgres",
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--no-locale",
                        "--no-sync"))));
        int port = ServerCommand.freePort();
        return ServerProcess.start(new ServerCommand(
                "postgres",
                folder,
                port,
                notAsRoot(List.of(
                        programs.resolve("postgres").toString(),
                        "-D",
                        data,
                        "-p",
                        Integer.toString(port),
                        "-h",
                        "127.0.0.1",
                        "-k",
                        folder.toString(),
                        "-c",
                        "dynamic_shared_memory_type=mmap",
                        "-c",
                        "max_connections=200")),
                Map.of(),
                "database system is ready to accept connections",
                Map.of("url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "user", "postgres")));
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is. */
    private static List<String> notAsRoot(List<String> command) {
        if (!Programs.isRoot()) {
            return command;
        }
        List<String> apart = new ArrayList<>(List.of("unshare", "-U"));
        apart.addAll(command);
        return apart;
    }

    /** The folder with the programs, which are unpacked from the artifact the first time. */
    private static synchronized Path programs() throws IOException {
        Path unpacked = Files.isDirectory(Path.of("target"))
                ? Path.of("target", "postgresql").toAbsolutePath()
                : Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "fairlead-postgresql-" + ProcessHandle.current().pid());
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
