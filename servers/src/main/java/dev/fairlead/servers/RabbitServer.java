package dev.fairlead.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A new RabbitMQ of one node, with streams. */
final class RabbitServer {
    private static final String PACKAGE = "rabbitmq-server";
    /** Debian's program on the path changes the user first; the one behind it does not. */
    private static final Path BEHIND = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    private static int mapperPort;

    private RabbitServer() {}

    static ServerProcess start() throws IOException {
        String program = Programs.find("rabbitmq-server", PACKAGE);
        Path folder = ServerCommand.newFolder("rabbitmq");
        int port = ServerCommand.freePort();
        int streams = ServerCommand.freePort();
        Files.writeString(folder.resolve("enabled_plugins"), "[rabbitmq_stream].\n");
        Files.write(folder.resolve("rabbitmq.conf"), settings(port, streams));
        return ServerProcess.start(new ServerCommand(
                "rabbitmq",
                folder,
                port,
                List.of(Files.isExecutable(BEHIND) ? BEHIND.toString() : program),
                environment(folder, port),
                "Server startup complete",
                Map.of("url", "amqp://127.0.0.1:" + port, "stream-port", Integer.toString(streams))));
    }

    private static List<String> settings(int port, int streams) {
        return List.of(
                "listeners.tcp.1 = 127.0.0.1:" + port,
                "stream.listeners.tcp.1 = 127.0.0.1:" + streams,
                "stream.advertised_host = 127.0.0.1",
                "stream.advertised_port = " + streams,
                "stream.frame_max = 33554432",
                "raft.wal_max_size_bytes = 67108864",
                "log.console = true",
                "log.console.level = info",
                "log.file = false");
    }

    private static Map<String, String> environment(Path folder, int port) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", folder.toString());
        // The start script then becomes the server, instead of waiting beside it: a kill meets the server itself.
        environment.put("RUNNING_UNDER_SYSTEMD", "true");
        environment.put("RABBITMQ_NODENAME", "fairlead" + port + "@localhost");
        environment.put("RABBITMQ_DIST_PORT", Integer.toString(ServerCommand.freePort()));
        environment.put("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString());
        environment.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE",
                folder.resolve("enabled_plugins").toString());
        environment.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString());
        environment.put(
                "RABBITMQ_ADVANCED_CONFIG_FILE",
                folder.resolve("advanced.config").toString());
        environment.put(
                "RABBITMQ_GENERATED_CONFIG_DIR", folder.resolve("generated").toString());
        environment.put("ERL_CRASH_DUMP", folder.resolve("erl_crash.dump").toString()); // else where this program runs
        environment.put("RABBITMQ_PID_FILE", folder.resolve("pid").toString());
        environment.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
        environment.put("ERL_EPMD_PORT", Integer.toString(mapper(folder)));
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        environment.put(
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 2:2 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}");
        return environment;
    }

    /** The port of Erlang's port mapper: one for all servers of this process. The server's own would outlive everybody. */
    private static synchronized int mapper(Path folder) throws IOException {
        if (mapperPort == 0) {
            int port = ServerCommand.freePort();
            List<String> command = List.of(
                    Programs.find("epmd", "erlang-base"), "-port", Integer.toString(port), "-address", "127.0.0.1");
            Spawner.spawn(ServerCommand.toEnd("epmd", folder, command), folder.resolve("epmd.log"));
            mapperPort = port;
        }
        return mapperPort;
    }
}
