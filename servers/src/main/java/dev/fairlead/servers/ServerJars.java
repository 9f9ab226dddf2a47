package dev.fairlead.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Servers that are Java programs; their jars are on a list that {@code server-jars/NAME} makes, never on a class path of ours. */
final class ServerJars {
    private ServerJars() {}

    /** A command that runs a class of the server's, in a small JVM that starts fast. */
    static List<String> java(String server, String heap, List<String> mainAndArguments) throws IOException {
        return java(Files.readString(list(server)).strip(), heap, List.of(), mainAndArguments);
    }

    /** The same with a class of any class path. */
    static List<String> java(String classPath, String heap, List<String> options, List<String> mainAndArguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        command.addAll(mainAndArguments);
        return command;
    }

    private static Path list(String server) throws IOException {
        return file(server, "server.classpath");
    }

    /** What {@code server-jars/NAME} has made: where the property {@code fairlead.server-jars} says, else below this folder or one above it. */
    static Path file(String server, String name) throws IOException {
        Path relative = Path.of("server-jars", server, "target", name);
        String named = System.getProperty("fairlead.server-jars");
        Path from =
                named == null ? Path.of("").toAbsolutePath() : Path.of(named).resolve("server-jars");
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            Path file = folder.resolve(relative);
            if (Files.isReadable(file)) {
                return file;
            }
        }
        throw new IOException("no " + relative + " above " + from + " (make it: mvn -pl server-jars/" + server
                + " generate-resources)");
    }
}
