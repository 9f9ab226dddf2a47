package dev.fairlead.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A new Kafka of one node. */
final class KafkaServer {
    private static final String HEAP = "256m";

    /**
     * Milliseconds. A broker that is silent for so long leads nothing for a moment, and the ends of transactions that fall into it may never
     * be written: readers wait before them. A busy machine is silent for a second. One that was killed waits so long for itself.
     */
    private static final int TAKEN_FOR_DEAD = 4000;

    private KafkaServer() {}

    static ServerProcess start() throws IOException {
        Path folder = ServerCommand.newFolder("kafka");
        int port = ServerCommand.freePort();
        return start(folder, port, List.of(), List.of(), Map.of("url", "127.0.0.1:" + port));
    }

    /** One that tells its clients to come to another port, where a proxy is to be; its own port is that of the process. */
    static ServerProcess startBehindProxy() throws IOException {
        Path folder = ServerCommand.newFolder("kafka");
        int port = ServerCommand.freePort();
        int inside = ServerCommand.freePort();
        int proxy = ServerCommand.freePort();
        List<String> listeners = List.of(
                "listeners=PLAINTEXT://127.0.0.1:" + inside + ",OUTSIDE://127.0.0.1:" + port
                        + ",CONTROLLER://127.0.0.1:",
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + inside + ",OUTSIDE://127.0.0.1:" + proxy,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT");
        return start(folder, port, listeners, List.of(), Map.of("url", "127.0.0.1:" + proxy));
    }

    /** One that wants TLS on both sides, and a user with a password; all of it is in its folder. */
    static ServerProcess startSecured() throws IOException {
        Path folder = ServerCommand.newFolder("kafka");
        int port = ServerCommand.freePort();
        KafkaSecrets secrets = KafkaSecrets.in(folder);
        List<String> listeners = new ArrayList<>(List.of(
                "listeners=PLAINTEXT://127.0.0.1:" + ServerCommand.freePort() + ",SASL_SSL://127.0.0.1:" + port
                        + ",CONTROLLER://127.0.0.1:",
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT"));
        listeners.addAll(secrets.server());
        return start(folder, port, listeners, secrets.format(), secrets.client("127.0.0.1:" + port));
    }

    /** @param listeners the first of them without the controller's port; none for a plain one */
    private static ServerProcess start(
            Path folder, int port, List<String> listeners, List<String> format, Map<String, String> client)
            throws IOException {
        Path file = folder.resolve("server.properties");
        int controller = ServerCommand.freePort();
        List<String> settings = new ArrayList<>(settings(folder, controller));
        if (listeners.isEmpty()) {
            settings.add("listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        } else {
            settings.add(listeners.getFirst() + controller);
            settings.addAll(listeners.subList(1, listeners.size()));
        }
        Files.write(file, settings);
        List<String> formatting =
                new ArrayList<>(List.of("kafka.tools.StorageTool", "format", "-t", newId(), "-c", file.toString()));
        formatting.addAll(format);
        ServerProcess.run(ServerCommand.toEnd("format", folder, ServerJars.java("kafka", HEAP, formatting)));
        return ServerProcess.start(new ServerCommand(
                "kafka",
                folder,
                port,
                ServerJars.java("kafka", HEAP, List.of("kafka.Kafka", file.toString())),
                Map.of(),
                "Kafka Server started",
                client));
    }

    /** An id as Kafka writes it: a random UUID in base64, which begins with a letter, since one that begins with - would be taken for an option. */
    private static String newId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits() & Long.MAX_VALUE)
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static List<String> settings(Path folder, int controller) {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
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
                "broker.session.timeout.ms=" + TAKEN_FOR_DEAD,
                "broker.heartbeat.interval.ms=" + TAKEN_FOR_DEAD / 8);
    }
}
