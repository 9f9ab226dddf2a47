package dev.fairlead.cli;

import dev.fairlead.node.Node;
import dev.fairlead.node.NodeLimits;
import dev.fairlead.node.NodeSettings;
import dev.fairlead.node.NodeTimes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a node until the process is told to end. */
@Command(
        name = "serve",
        description = "Serve the items of a plan over HTTP, until the process is told to end (SIGTERM or SIGINT).")
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Mixin
    private PlanChoice plan = new PlanChoice();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Where the embedded mechanism keeps its data; made if it is not there.")
    @SuppressWarnings("NullAway.Init") // required
    private Path data;

    @Option(
            names = "--host",
            paramLabel = "H",
            description = "Where to listen; " + NodeSettings.HOST
                    + " if not given; another than loopback only with --access.")
    private String host = NodeSettings.HOST;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "On which port; " + NodeSettings.PORT + " if not given, 0 for any that is free.")
    private int port = NodeSettings.PORT;

    @Option(
            names = "--access",
            paramLabel = "FILE",
            description = "Says who may call and how they prove it, see docs/security.md; if not given, callers are"
                    + " believed, and come from loopback only.")
    private @Nullable Path access;

    @Override
    public Integer call() throws InterruptedException {
        Node node = Node.start(settings());
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("fairlead stop").unstarted(() -> {
                    node.close();
                    ended.countDown();
                }));
        PrintWriter out = spec.commandLine().getOut();
        out.println("serving on " + (node.isEncrypted() ? "https" : "http") + "://"
                + (host.contains(":") ? "[" + host + "]" : host) + ":" + node.port() + "/, " + manner());
        out.flush();
        ended.await();
        return ExitCode.FINE;
    }

    private String manner() {
        return access == null
                ? "for programs on this machine only: callers are believed (header Fairlead-Service; none means the"
                        + " operator)"
                : "for callers that prove who they are (" + access + ")";
    }

    private NodeSettings settings() {
        try {
            return new NodeSettings(
                    plan.folders(),
                    plan.landscape(),
                    data,
                    host,
                    port,
                    NodeLimits.defaults(),
                    NodeTimes.defaults(),
                    access);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
