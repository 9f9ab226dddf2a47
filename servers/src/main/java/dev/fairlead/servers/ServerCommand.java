package dev.fairlead.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a server is started.
 *
 * @param name for messages and file names
 * @param folder its own, which goes when the server is closed
 * @param environment in addition to that of this process
 * @param readyLine a part of the line by which it says that it is ready
 * @param settings of the mechanism, that lead to the server
 */
record ServerCommand(
        String name,
        Path folder,
        int port,
        List<String> command,
        Map<String, String> environment,
        String readyLine,
        Map<String, String> settings) {
    private static final Ports PORTS = new Ports(new SecureRandom());

    /** A program that runs to its end, before the server starts. */
    static ServerCommand toEnd(String name, Path folder, List<String> command) {
        return new ServerCommand(name, folder, 0, command, Map.of(), "", Map.of());
    }

    /** The same with more options. */
    ServerCommand with(List<String> options) {
        List<String> all = new ArrayList<>(command);
        all.addAll(options);
        return new ServerCommand(name, folder, port, all, environment, readyLine, settings);
    }

    /** Where the output of a start goes; a restart must not find the ready line of the start before. */
    Path log(int start) {
        return folder.resolve(name + "." + start + ".log");
    }

    /** A new folder, in memory where there is such a file system: what a kill leaves is the same there, and syncing costs nothing. */
    static Path newFolder(String name) throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "fairlead-" + name)
                : Files.createTempDirectory("fairlead-" + name);
    }

    /** A port that stays the server's own while this process runs, also between a kill and the next start. */
    static int freePort() throws IOException {
        return PORTS.next();
    }
}
