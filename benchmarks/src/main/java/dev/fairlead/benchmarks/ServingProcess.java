package dev.fairlead.benchmarks;

import dev.fairlead.node.Node;
import dev.fairlead.node.NodeSettings;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server in a process of its own, with the heap and the options with which the command serves, until it is closed or its parent has gone. */
final class ServingProcess implements AutoCloseable {
    /** The name of the access file. */
    static final String ACCESS = "access.yaml";

    private static final String RESIDENT = "VmRSS:";

    private final Process process;
    private final int port;

    /** What it is. */
    enum Kind {
        /** A node for a folder of plan files. */
        NODE,
        /** The same, with the access file in its data folder. */
        GUARDED,
        /** Jetty with a handler that has the one answer of a file in memory. */
        BARE
    }

    private ServingProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, and waits until it listens.
     *
     * @param place the folder of the plan, or the file with the answer
     * @param data where a node keeps its data
     */
    static ServingProcess start(Kind kind, Path place, Path data) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms96m",
                        "-Xmn64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServingProcess.class.getName(),
                        kind.name(),
                        place.toString(),
                        data.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String port = said.readLine();
        if (port == null) {
            throw new IllegalStateException("the measured server ended before it listened");
        }
        return new ServingProcess(process, Integer.parseInt(port.strip()));
    }

    int port() {
        return port;
    }

    /** Processor time that it has used so far. */
    Duration processorTime() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** Memory that it has now, in MB, where the system tells that of a process (Linux); otherwise 0. */
    double residentMegabytes() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroy();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
                process.destroyForcibly();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The measured process. */
    public static void main(String[] arguments) throws Exception {
        Path place = Path.of(arguments[1]);
        switch (Kind.valueOf(arguments[0])) {
            case NODE -> serve(NodeSettings.local(place, Path.of(arguments[2])));
            case GUARDED -> {
                Path data = Path.of(arguments[2]);
                serve(NodeSettings.local(place, data).withAccess(data.resolve(ACCESS)));
            }
            case BARE -> {
                BareServer server = BareServer.start(Files.readAllBytes(place));
                serve(server.port(), server);
            }
        }
    }

    private static void serve(NodeSettings settings) throws Exception {
        Node node = Node.start(settings);
        serve(node.port(), node);
    }

    /** Standard output is the process's answer to the one that measures it; the end of its input is that one's end. */
    private static void serve(int port, AutoCloseable server) throws Exception {
        try (server) {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            out.println(port);
            if (System.in.read() >= 0) {
                throw new IllegalStateException("nothing is said to a measured server");
            }
        }
    }
}
