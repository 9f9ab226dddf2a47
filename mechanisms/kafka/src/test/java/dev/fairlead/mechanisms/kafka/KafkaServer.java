package dev.fairlead.mechanisms.kafka;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/** A Kafka server as a child process, on ports and in a folder of its own. */
final class KafkaServer implements AutoCloseable {
    /** Names a server that is there already; then none is started for the tests that only use one. */
    static final String ENDPOINT = "FAIRLEAD_KAFKA";

    private static final String READY = "Kafka Server started";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** The child is killed with the thread that started it, so that thread must live as long as this process. */
    private static final ExecutorService SPAWNER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("spawner of servers").factory());

    private static Optional<String> shared = Optional.empty();
    private static Optional<KafkaServer> killable = Optional.empty();

    private final Path folder;
    private final int port;
    private Process process;

    private KafkaServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** The server that the tests of this module share. */
    static synchronized String shared() {
        if (shared.isEmpty()) {
            String named = System.getenv(ENDPOINT);
            shared =
                    Optional.of(named == null || named.isBlank() ? sharedChild().url() : named);
        }
        return shared.get();
    }

    /** Another server, always a child of this process, which a test may kill if it starts it again. */
    static synchronized KafkaServer killable() {
        if (killable.isEmpty()) {
            killable = Optional.of(sharedChild());
        }
        return killable.get();
    }

    private static KafkaServer sharedChild() {
        KafkaServer server = start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    static KafkaServer start() {
        try {
            Path folder = Files.createTempDirectory("kafka");
            int port = freePort();
            Files.write(folder.resolve("server.properties"), settings(folder, port, freePort()));
            Process format = spawn(
                    folder,
                    "format.log",
                    List.of(
                            "kafka.tools.StorageTool",
                            "format",
                            "-t",
                            Uuid.randomUuid().toString(),
                            "-c"));
            await(format, folder.resolve("format.log"), "Formatting");
            Awaitility.await().atMost(PATIENCE).until(() -> !format.isAlive());
            KafkaServer server = new KafkaServer(folder, port, spawn(folder, "server.log", List.of("kafka.Kafka")));
            await(server.process, folder.resolve("server.log"), READY);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<String> settings(Path folder, int broker, int controller) {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "listeners=PLAINTEXT://127.0.0.1:" + broker + ",CONTROLLER://127.0.0.1:" + controller,
                "controller.listener.names=CONTROLLER",
                "inter.broker.listener.name=PLAINTEXT",
                "log.dirs=" + folder.resolve("data"),
                "group.initial.rebalance.delay.ms=0",
                "offsets.topic.num.partitions=1",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.num.partitions=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "log.cleaner.dedupe.buffer.size=2097152",
                "log.cleaner.backoff.ms=100",
                "log.retention.check.interval.ms=500",
                "log.initial.task.delay.ms=500",
                "num.network.threads=1",
                "num.io.threads=2",
                "background.threads=1",
                "broker.session.timeout.ms=1000",
                "broker.heartbeat.interval.ms=300");
    }

    private static Process spawn(Path folder, String log, List<String> arguments) throws IOException {
        String list = System.getProperty("fairlead.kafka.classpath");
        if (list == null || !Files.exists(Path.of(list))) {
            throw new AssertionError("no Kafka server: " + ENDPOINT + " is not set, and the list of the server's jars ("
                    + list + ") is missing; build with: mvn -pl mechanisms/kafka -am verify");
        }
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            command.addAll(List.of("/usr/bin/setpriv", "--pdeathsig", "KILL"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Files.readString(Path.of(list)).strip()));
        command.addAll(arguments);
        command.add(folder.resolve("server.properties").toString());
        File output = folder.resolve(log).toFile();
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return new ProcessBuilder(command)
                                        .redirectErrorStream(true)
                                        .redirectOutput(ProcessBuilder.Redirect.to(output))
                                        .start();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        SPAWNER)
                .join();
    }

    private static void await(Process process, Path log, String line) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            String text = Files.exists(log) ? Files.readString(log) : "";
            if (!process.isAlive() && !text.contains(line)) {
                throw new AssertionError("the Kafka server ended: " + text);
            }
            return text.contains(line);
        });
    }

    String url() {
        return "127.0.0.1:" + port;
    }

    /** Kills the server as a power switch would, but leaves what it gave to the operating system. */
    void kill() {
        process.destroyForcibly();
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    /** Starts the server again on its data; returns when it is ready. */
    void restart() throws IOException {
        process = spawn(folder, "server.log", List.of("kafka.Kafka"));
        await(process, folder.resolve("server.log"), READY);
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> client(String url) {
        return Map.of("bootstrap.servers", url);
    }
}
