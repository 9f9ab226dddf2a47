package dev.fairlead.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A new MariaDB. */
final class MariaServer {
    private static final String PACKAGE = "mariadb-server";

    private MariaServer() {}

    static ServerProcess start() throws IOException {
        String server = Programs.find("mariadbd", PACKAGE);
        String install = Programs.find("mariadb-install-db", PACKAGE);
        Path folder = ServerCommand.newFolder("mariadb");
        String user = "--user=" + System.getProperty("user.name");
        String data = "--datadir=" + folder.resolve("data");
        // One that starts deletes what it takes for the left-overs of others in the place for temporary files.
        String temporary = "--tmpdir=" + folder;
        ServerProcess.run(ServerCommand.toEnd(
                "mariadb-install-db",
                folder,
                List.of(
                        install,
                        "--no-defaults",
                        user,
                        data,
                        temporary,
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db")));
        int port = ServerCommand.freePort();
        return ServerProcess.start(new ServerCommand(
                "mariadbd",
                folder,
                port,
                List.of(
                        server,
                        "--no-defaults",
                        user,
                        data,
                        temporary,
                        "--port=" + port,
                        "--bind-address=127.0.0.1",
                        "--socket=" + folder.resolve("socket"),
                        "--innodb-flush-log-at-trx-commit=1",
                        "--log-bin=" + folder.resolve("binary-log"),
                        "--sync-binlog=1",
                        "--max-connections=200"),
                Map.of(),
                "ready for connections",
                Map.of("url", "jdbc:mariadb://127.0.0.1:" + port + "/mysql", "user", "root")));
    }
}
