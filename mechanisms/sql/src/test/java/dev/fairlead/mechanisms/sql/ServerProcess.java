package dev.fairlead.mechanisms.sql;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database server as a child of this process, on a free port and a folder of its own. It can be killed and started again on its data,
 * and ends with this process.
 */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The signal that ends a child with its parent fires when the thread ends that began the child, so this one stays. */
    private static final ExecutorService SPAWNER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("server spawner").factory());

    private final String name;
    private final Path folder;
    private final int port;
    private final List<String> command;
    private final String readyLine;
    private final Map<String, String> settings;
    private @Nullable Process process;
    private int starts;

    private ServerProcess(
            String name, Path folder, int port, List<String> command, String readyLine, Map<String, String> settings) {
        this.name = name;
        this.folder = folder;
        this.port = port;
        this.command = command;
        this.readyLine = readyLine;
        this.settings = settings;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** A new MariaDB, by the binary on the path, which is installed where that is possible. */
    static ServerProcess mariadb() throws IOException {
        String server = Binaries.find("mariadbd", "mariadb-server");
        String install = Binaries.find("mariadb-install-db", "mariadb-server");
        Path folder = newFolder("mariadb");
        Path data = folder.resolve("data");
        run(
                folder.resolve("install.log"),
                List.of(
                        install,
                        "--no-defaults",
                        "--user=" + System.getProperty("user.name"),
                        "--datadir=" + data,
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db"));
        int port = freePort();
        ServerProcess process = new ServerProcess(
                "mariadbd",
                folder,
                port,
                List.of(
                        server,
                        "--no-defaults",
                        "--user=" + System.getProperty("user.name"),
                        "--datadir=" + data,
                        "--port=" + port,
                        "--bind-address=127.0.0.1",
                        "--socket=" + folder.resolve("socket"),
                        "--innodb-flush-log-at-trx-commit=1",
                        "--max-connections=200"),
                "ready for connections",
                Map.of("url", "jdbc:mariadb://127.0.0.1:" + port + "/mysql", "user", "root"));
        process.start();
        return process;
    }

    /** A new PostgreSQL 18, by the binaries of its Maven artifact. */
    static ServerProcess postgresql() throws IOException {
        Path binaries = PostgresServer.binaries();
        Path folder = newFolder("postgresql");
        Path data = folder.resolve("data");
        run(
                folder.resolve("install.log"),
                notAsRoot(List.of(
                        binaries.resolve("initdb").toString(),
                        "--pgdata=" + data,
                        "--username=postgres",
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--no-locale",
                        "--no-sync")));
        int port = freePort();
        ServerProcess process = new ServerProcess(
                "postgres",
                folder,
                port,
                notAsRoot(List.of(
                        binaries.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-h",
                        "127.0.0.1",
                        "-k",
                        folder.toString(),
                        "-c",
                        "fsync=on",
                        "-c",
                        "synchronous_commit=on",
                        "-c",
                        "full_page_writes=on",
                        "-c",
                        "max_connections=200")),
                "database system is ready to accept connections",
                Map.of("url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "user", "postgres"));
        process.start();
        return process;
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is. */
    private static List<String> notAsRoot(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        List<String> apart = new ArrayList<>(List.of("unshare", "-U"));
        apart.addAll(command);
        return apart;
    }

    private static Path newFolder(String name) throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "fairlead-" + name)
                : Files.createTempDirectory("fairlead-" + name);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(Path log, List<String> command) throws IOException {
        Process process = spawn(log, command);
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Process spawn(Path log, List<String> command) throws IOException {
        List<String> bound = new ArrayList<>();
        if (Binaries.onPath("setpriv").isPresent()) {
            bound.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
        }
        bound.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(bound)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        try {
            return SPAWNER.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Starts it and waits until it answers. */
    void start() throws IOException {
        Path log = folder.resolve("log" + starts++);
        Process started = spawn(log, command);
        process = started;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains(readyLine)) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(name + " did not start: " + Files.readString(log));
            }
            Thread.onSpinWait();
        }
    }

    /** Ends it at once, as a crash does. */
    void kill() {
        Optional.ofNullable(process).ifPresent(running -> {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().onExit().join();
        });
    }

    int port() {
        return port;
    }

    /** Settings of the mechanism that lead there. */
    Map<String, String> settings() {
        return settings;
    }

    /** Ends it and takes its folder away. */
    @Override
    public void close() {
        kill();
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
