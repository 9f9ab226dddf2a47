package dev.fairlead.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A new Redis, or Valkey, which takes the same options. */
final class RedisServer {
    private RedisServer() {}

    /** Its settings stand in the file {@code redis.conf} of its folder. */
    static ServerProcess start(String program) throws IOException {
        String found = Programs.find(program, program);
        Path folder = ServerCommand.newFolder(program);
        int port = ServerCommand.freePort();
        Path settings = folder.resolve("redis.conf");
        Files.write(
                settings,
                List.of(
                        "port " + port,
                        "bind 127.0.0.1",
                        "dir " + folder,
                        "save \"\"",
                        "appendonly yes",
                        "appendfsync always"));
        return ServerProcess.start(new ServerCommand(
                program,
                folder,
                port,
                List.of(found, settings.toString()),
                Map.of(),
                "Ready to accept connections",
                Map.of("url", "redis://127.0.0.1:" + port)));
    }
}
