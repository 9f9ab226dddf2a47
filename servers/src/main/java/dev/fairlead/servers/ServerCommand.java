package dev.fairlead.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
