package dev.fairlead.mechanisms.http;

import static java.util.Objects.requireNonNull;

import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;

/** A node in a process of its own, which is killed and started again on the same data and port. */
final class NodeProcess implements AutoCloseable {
    private static final String HEAP = "256m";

    private final Path folder;
    private final int port;
    private ChildJvm child;

    NodeProcess(Path folder) {
        this.folder = folder;
        this.child = child(0);
        this.port = Integer.parseInt(requireNonNull(child.line()));
    }

    private ChildJvm child(int wanted) {
        return ChildJvm.of(NodeChild.class)
                .heap(HEAP)
                .showErrors()
                .start(folder.toString(), String.valueOf(wanted))
                .awaitReady();
    }

    int port() {
        return port;
    }

    /** Kills it as {@code kill -9} does; it has ended when this returns. */
    void kill() {
        child.close();
    }

    /** Starts it again; it serves when this returns. */
    void restart() {
        child = child(port);
    }

    @Override
    public void close() {
        child.close();
    }
}
