package dev.fairlead.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running server, as a child of this process. It can be killed, stopped or paused, and started again on its data; it ends with this process.
 *
 * <p>For one thread at a time. What starts, kills or pauses it blocks until that has happened.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FOR_CLIENTS = Duration.ofMillis(500);
    private static final int LOOKS_MILLIS = 20;

    private final ServerCommand command;
    private @Nullable Process process;
    private int starts;

    private ServerProcess(ServerCommand command) {
        this.command = command;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ServersInUse.awaitEnd();
            close();
        }));
    }

    /** Starts it and waits for the line by which it says that it is ready. */
    static ServerProcess start(ServerCommand command) throws IOException {
        ServerProcess server = new ServerProcess(command);
        server.restart();
        return server;
    }

    /** Runs a program of the server's to its end, which must be a good one. */
    static void run(ServerCommand command) throws IOException {
        Path log = command.log(0);
        Process process = Spawner.spawn(command, log);
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command.name() + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Starts it again on its data after {@link #kill} or {@link #stop}, at the same port. */
    public void restart() throws IOException {
        restart(command);
    }

    /** The same, this time with more options on its command line. */
    public void restart(List<String> options) throws IOException {
        restart(command.with(options));
    }

    private void restart(ServerCommand command) throws IOException {
        Path log = command.log(starts++);
        Process started = Spawner.spawn(command, log);
        process = started;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains(command.readyLine())) {
            if (System.nanoTime() > deadline || ended(started)) {
                throw new IOException(command.name() + " did not start: " + Files.readString(log));
            }
        }
    }

    /** Whether it has ended, after waiting a moment for that. */
    private static boolean ended(Process process) throws IOException {
        try {
            return process.waitFor(LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Ends it at once, as a crash does; what it gave to the operating system stays. */
    public void kill() {
        Process running = process;
        if (running != null) {
            List<ProcessHandle> below = running.descendants().toList();
            awaitEnd(running.destroyForcibly());
            below.forEach(ProcessHandle::destroyForcibly);
            below.forEach(ServerProcess::awaitGone);
        }
    }

    /**
     * Asks it to end, as an operator does, and waits until it has: by SIGTERM, and where it then waits for its clients, as PostgreSQL does,
     * by SIGINT.
     */
    public void stop() throws IOException {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(FOR_CLIENTS.toMillis(), TimeUnit.MILLISECONDS)) {
                send("-INT", running.pid());
            }
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(command.name() + " did not end when it was asked to");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A child of PostgreSQL's that still runs keeps the next start from its data. Nobody may come to reap one that has ended. */
    private static void awaitGone(ProcessHandle child) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (child.isAlive() && !hasEnded(child) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOKS_MILLIS * 100_000L);
        }
    }

    private static boolean hasEnded(ProcessHandle child) {
        Path state = Path.of("/proc", Long.toString(child.pid()), "stat");
        try {
            return Files.isReadable(state) && Files.readString(state).contains(") Z ");
        } catch (IOException e) {
            return true; // it went while it was looked at
        }
    }

    /** On this thread alone: {@code onExit} needs the common pool, which a test may keep busy. */
    private static void awaitEnd(Process process) {
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it and its children where they are, as {@code kill -STOP} does, and returns when all their threads stand. */
    public void pause() throws IOException {
        signal("-STOP");
        Process running = Objects.requireNonNull(process);
        Stream.concat(Stream.of(running.toHandle()), running.descendants())
                .forEach(each -> Threads.awaitStopped(each.pid()));
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() throws IOException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException(command.name() + " was not started");
        }
        for (ProcessHandle each : Stream.concat(Stream.of(running.toHandle()), running.descendants())
                .toList()) {
            try {
                send(signal, each.pid());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private static void send(String signal, long process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(process)).start().waitFor();
    }

    /** The port at which clients find it. */
    public int port() {
        return command.port();
    }

    /** The folder with its data, its settings and its logs; gone after {@link #close}. */
    public Path folder() {
        return command.folder();
    }

    /** Settings of the mechanism that lead there: {@code url}, and {@code user} where it has one. */
    public Map<String, String> settings() {
        return command.settings();
    }

    /** Kills it and takes its folder away. */
    @Override
    public void close() {
        kill();
        if (!Files.isDirectory(command.folder())) {
            return;
        }
        try (Stream<Path> files = Files.walk(command.folder())) {
            for (Path file : files.toList().reversed()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
