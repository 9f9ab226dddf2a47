package dev.fairlead.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A new Kafka of one node. */
final class KafkaServer {
    private static final String HEAP = "256m";

    private KafkaServer() {}

    static ServerProcess start() throws IOException {
        Path folder = ServerCommand.newFolder("kafka");
        int port = ServerCommand.freePort();
        Path file = folder.resolve("server.properties");
        Files.write(file, settings(folder, port, ServerCommand.freePort()));
        ServerProcess.run(ServerCommand.toEnd(
                "format",
                folder,
                ServerJars.java(
                        "kafka",
                        HEAP,
                        List.of("kafka.tools.StorageTool", "format", "-t", newId(), "-c", file.toString()))));
        return ServerProcess.start(new ServerCommand(
                "kafka",
                folder,
                port,
                ServerJars.java("kafka", HEAP, List.of("kafka.Kafka", file.toString())),
                Map.of(),
                "Kafka Server started",
                Map.of("url", "127.0.0.1:" + port)));
    }

    /** An id as Kafka writes it: a random UUID in base64. */
    private static String newId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
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
}
