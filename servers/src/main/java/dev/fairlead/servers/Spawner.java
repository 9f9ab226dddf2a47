package dev.fairlead.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts children that do not outlive this process, not even when it is killed, and that do not hear what is typed at its terminal, as Ctrl-C. */
final class Spawner {
    /** The signal that ends a child with its parent fires when the thread ends that began the child, so this one stays. */
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("server spawner").factory());

    private Spawner() {}

    static Process spawn(ServerCommand command, Path log) throws IOException {
        List<String> bound = new ArrayList<>();
        if (Programs.onPath("setsid").isPresent()) {
            bound.add("setsid");
        }
        if (Programs.onPath("setpriv").isPresent()) {
            bound.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
        }
        bound.addAll(command.command());
        ProcessBuilder builder = new ProcessBuilder(bound)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(command.environment());
        try {
            return THREAD.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
