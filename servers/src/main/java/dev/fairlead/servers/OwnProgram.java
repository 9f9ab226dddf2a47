package dev.fairlead.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server that is a class of this process's own class path.
 *
 * @param name for messages and file names
 * @param main the class that has the main method
 * @param readyLine a part of the line by which it says that it is ready
 */
public record OwnProgram(String name, String main, String readyLine) {
    private static final String HEAP = "512m";

    /** Its arguments, when its folder and port are known; it may write into the folder what they name. */
    @FunctionalInterface
    public interface Arguments {
        List<String> at(Path folder, int port) throws IOException;
    }

    /**
     * Starts it on a free port of this machine and in a folder of its own; it ends with this process at the latest. Blocks until it is ready.
     *
     * @throws UncheckedIOException when it does not start; the message tells what it said
     */
    public ServerProcess start(Arguments arguments) {
        try {
            Path folder = ServerCommand.newFolder(name);
            int port = ServerCommand.freePort();
            List<String> all = new ArrayList<>(List.of(main));
            all.addAll(arguments.at(folder, port));
            return ServerProcess.start(new ServerCommand(
                    name,
                    folder,
                    port,
                    ServerJars.java(System.getProperty("java.class.path"), HEAP, options(), all),
                    Map.of(),
                    readyLine,
                    Map.of("url", "http://127.0.0.1:" + port)));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not start: " + e.getMessage(), e);
        }
    }

    /** From the archive of this process's classes, if it has one, the server profits, too. */
    private static List<String> options() {
        return Stream.concat(
                        Stream.of("--enable-native-access=ALL-UNNAMED"),
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                .filter(argument -> argument.startsWith("-XX:SharedArchiveFile=")))
                .toList();
    }
}
