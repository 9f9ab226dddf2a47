package dev.fairlead.cli;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.CarryingServer;
import dev.fairlead.servers.OwnProgram;
import dev.fairlead.servers.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The node of a demo: {@code fairlead serve} over the demo's plan, in a process of its own that ends with this one. */
final class DemoNode implements CarryingServer {
    private static final String HTTP = "http";

    /** A restart is waited for, however busy the machine is. */
    private static final String TIMEOUT = "30s";

    private final ServerProcess process;

    private DemoNode(ServerProcess process) {
        this.process = process;
    }

    /** Writes the plan files of a demo, with a landscape that offers these. */
    @FunctionalInterface
    interface Plan {
        void write(Path to, Carriers carriers) throws IOException;
    }

    /** Whether a node is to be started: for http, where neither an option nor the environment names one. */
    static boolean isWanted(String mechanism, boolean isGiven) {
        return mechanism.equals(HTTP) && !isGiven && System.getenv(ServerChoice.variable(HTTP)) == null;
    }

    static DemoNode start(Plan plan, PrintWriter progress) {
        progress.println("starting a node over the demo's plan");
        progress.flush();
        try {
            DemoNode node = new DemoNode(new OwnProgram("node", Main.class.getName(), "serving on ")
                    .start((folder, port) -> arguments(plan, folder, port)));
            progress.println(
                    "the node is " + node.settings().get("url") + "/, its items and routes are described at /docs");
            progress.flush();
            return node;
        } catch (UncheckedIOException e) {
            throw new FairleadException(ErrorCode.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<String> arguments(Plan plan, Path folder, int port) throws IOException {
        plan.write(folder.resolve("plan"), Carriers.of(HTTP, Map.of("url", "http://127.0.0.1:" + port)));
        return List.of(
                "serve",
                folder.resolve("plan").toString(),
                "--data",
                folder.resolve("data").toString(),
                "--port",
                Integer.toString(port));
    }

    /** The settings of the mechanism that lead to the node's own store. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(process.settings());
        settings.put("timeout", TIMEOUT);
        return settings;
    }

    @Override
    public String title() {
        return "the node";
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void restart() throws IOException {
        process.restart();
    }
}
