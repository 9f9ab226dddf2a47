package dev.fairlead.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A new PostgreSQL. */
final class PostgresServer {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private PostgresServer() {}

    static ServerProcess start() throws IOException {
        return start(BundledPostgres.isThere() ? BundledPostgres.programs() : installed());
    }

    /** One of an earlier version than the newest. */
    static ServerProcess start(int version) throws IOException {
        return start(BundledPostgres.programs(version));
    }

    private static ServerProcess start(Path programs) throws IOException {
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

    /** The newest of Debian's, which is installed when there is none and the user may. */
    private static Path installed() throws IOException {
        Optional<Path> found = newest();
        if (found.isEmpty()) {
            Programs.find("pg_lsclusters", "postgresql");
            found = newest();
        }
        return found.orElseThrow(() -> new IOException("there is no " + DEBIAN + "/VERSION/bin/postgres"));
    }

    private static Optional<Path> newest() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(programs -> Files.isExecutable(programs.resolve("postgres")))
                    .max(Comparator.naturalOrder());
        }
    }
}
