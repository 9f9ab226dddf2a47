package dev.fairlead.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A new Redis, or Valkey, which takes the same options. */
final class RedisServer {
    private RedisServer() {}

    /** With more options, each a name that begins with two hyphens, and its value. */
    static ServerProcess start(String program, String... options) throws IOException {
        String found = Programs.find(program, program);
        Path folder = ServerCommand.newFolder(program);
        int port = ServerCommand.freePort();
        List<String> command = new ArrayList<>(List.of(
                found,
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always"));
        command.addAll(List.of(options));
        return ServerProcess.start(new ServerCommand(
                program,
                folder,
                port,
                command,
                Map.of(),
                "Ready to accept connections",
                Map.of("url", "redis://127.0.0.1:" + port)));
    }
}
