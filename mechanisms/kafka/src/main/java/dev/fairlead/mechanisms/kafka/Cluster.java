package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.Uninterrupted;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The brokers: what they are asked, and the clients that are made for them. Safe for many threads. */
final class Cluster implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Cluster.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** So few that what the client has made of them is still in the processor's own cache when it is looked at: a record comes to a kilobyte. */
    private static final int LARGEST_POLL = 256;

    /** Half as many answers for a log that is read from its start as with Kafka's own limit; twice as much again gains nothing. */
    private static final int LARGEST_FETCH = 2 * 1024 * 1024;

    /** As the operating system sizes it, which lets it grow; Kafka's own 64 KiB stay as they are. */
    private static final int RECEIVE_BUFFER = -1;

    private final KafkaSettings settings;
    private final Admin admin;
    private volatile boolean closed;

    private Cluster(KafkaSettings settings, Admin admin) {
        this.settings = settings;
        this.admin = admin;
    }

    /** Connects; waits for brokers that are away as long as the settings say. */
    static Cluster open(KafkaSettings settings) {
        long deadline = System.nanoTime() + settings.startWait().toNanos();
        boolean told = false;
        while (true) {
            FairleadException away;
            try {
                return connect(settings, Math.max(1, deadline - System.nanoTime()));
            } catch (FairleadException failure) {
                away = failure;
            }
            if (away.code() != ErrorCode.UNREACHABLE || System.nanoTime() >= deadline) {
                throw away;
            }
            if (!told) {
                told = true;
                String reason = away.getMessage();
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "kafka at " + settings.url() + " is away; waiting up to " + settings.startWait() + ": "
                                + reason);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw Failures.interrupted();
            }
        }
    }

    private static Cluster connect(KafkaSettings settings, long nanos) {
        Admin admin = Cluster.<Admin>made(settings, () -> Admin.create(common(settings)));
        Cluster cluster = new Cluster(settings, admin);
        try {
            cluster.activeNode("the start", Math.min(nanos, settings.timeout().toNanos()));
            return cluster;
        } catch (FairleadException failure) {
            cluster.close();
            throw failure;
        }
    }

    /** A failure to make a client may quote its settings, so nothing of it is passed on but its cleaned text. */
    private static <T> T made(KafkaSettings settings, Making<T> making) {
        try {
            return making.make();
        } catch (KafkaException e) {
            String reason = settings.security()
                    .without(String.valueOf(Failures.innermost(e).getMessage()));
            boolean away = reason.contains("No resolvable bootstrap urls");
            throw new FairleadException(
                    away ? ErrorCode.UNREACHABLE : ErrorCode.PLAN,
                    "mechanism kafka: no connection to " + settings.url() + " can be set up: " + reason);
        }
    }

    @FunctionalInterface
    private interface Making<T> {
        T make();
    }

    private static Map<String, Object> common(KafkaSettings settings) {
        Map<String, Object> config = new HashMap<>(settings.security().values());
        long timeout = settings.timeout().toMillis();
        config.put("bootstrap.servers", settings.url());
        config.put("default.api.timeout.ms", Math.toIntExact(timeout));
        config.put("request.timeout.ms", Math.toIntExact(Math.max(100, timeout / 2)));
        config.put("retry.backoff.ms", 20L);
        config.put("retry.backoff.max.ms", 500L);
        config.put("reconnect.backoff.ms", 20L);
        config.put("reconnect.backoff.max.ms", 500L);
        config.put("enable.metrics.push", false);
        return config;
    }

    /** A producer whose appends are all or none, and which fences an earlier one of the same log. */
    KafkaProducer<byte[], byte[]> transactionalProducer(String id) {
        Map<String, Object> config = producerSettings();
        config.put("transactional.id", id);
        config.put("transaction.timeout.ms", Math.toIntExact(settings.timeout().toMillis() * 3));
        config.put("enable.idempotence", true);
        config.put("acks", "all");
        return producer(config);
    }

    /** A producer whose records stand once each and in the order in which it was given them. */
    KafkaProducer<byte[], byte[]> orderedProducer() {
        Map<String, Object> config = producerSettings();
        config.put("enable.idempotence", true);
        config.put("acks", "all");
        return producer(config);
    }

    /** A producer for what may be lost. */
    KafkaProducer<byte[], byte[]> lightProducer() {
        Map<String, Object> config = producerSettings();
        config.put("enable.idempotence", false);
        config.put("acks", "1");
        return producer(config);
    }

    private Map<String, Object> producerSettings() {
        Map<String, Object> config = common(settings);
        config.remove("default.api.timeout.ms");
        config.put("max.block.ms", settings.timeout().toMillis());
        config.put("delivery.timeout.ms", Math.toIntExact(settings.timeout().toMillis()));
        config.put("linger.ms", 0L);
        config.put("batch.size", 64 * 1024);
        config.put("max.request.size", Topics.LONGEST_MESSAGE);
        return config;
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> config) {
        checkOpen();
        return made(settings, () -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** A consumer that belongs to no group and commits nothing. */
    KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        checkOpen();
        Map<String, Object> config = common(settings);
        config.put("isolation.level", isolation);
        config.put("auto.offset.reset", "none");
        config.put("enable.auto.commit", false);
        config.put("allow.auto.create.topics", false);
        config.put("metadata.max.age.ms", 30_000L);
        config.put("max.poll.records", LARGEST_POLL);
        config.put("receive.buffer.bytes", RECEIVE_BUFFER);
        config.put("max.partition.fetch.bytes", LARGEST_FETCH);
        return made(
                settings, () -> new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    Admin admin() {
        checkOpen();
        return admin;
    }

    KafkaSettings settings() {
        return settings;
    }

    /** The answer of a broker; an interrupt does not break the wait off. */
    <T> T await(String what, KafkaFuture<T> future) {
        return await(what, future, settings.timeout().multipliedBy(2).toNanos());
    }

    private <T> T await(String what, KafkaFuture<T> future, long nanos) {
        return Uninterrupted.call(() -> {
            try {
                return future.get(nanos, TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                if (closed) {
                    throw Failures.closed();
                }
                if (e instanceof TimeoutException) {
                    throw away(what, e);
                }
                throw Failures.of("kafka at " + settings.url() + ": " + what, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failures.interrupted();
            }
        });
    }

    /** One of the brokers; those that are starting, or cut off from their controller, answer and do not count. */
    private Node activeNode(String what, long nanos) {
        return await(what, admin.describeCluster().nodes(), nanos).stream()
                .findFirst()
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.UNREACHABLE,
                        "kafka at " + settings.url() + ": " + what + " failed: no broker is active yet"));
    }

    private FairleadException away(String what, Throwable cause) {
        return Failures.failure(
                ErrorCode.UNREACHABLE,
                "kafka at " + settings.url() + ": " + what + " failed: no broker answered in time",
                cause);
    }

    /** What the brokers' own settings promise for new topics. */
    ServerLevel level() {
        try {
            Node node = activeNode(
                    "a look at the brokers", settings.timeout().multipliedBy(2).toNanos());
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
            Config config = await(
                            "a look at the brokers' settings",
                            admin.describeConfigs(List.of(broker)).all())
                    .get(broker);
            return config == null ? ServerLevel.UNKNOWN : level(config);
        } catch (FairleadException failure) {
            if (failure.code() == ErrorCode.STORAGE_ACCESS) {
                LOG.log(System.Logger.Level.WARNING, "the brokers do not tell their settings; the weakest are assumed");
                return ServerLevel.UNKNOWN;
            }
            throw failure;
        }
    }

    private ServerLevel level(Config config) {
        int transactions = Math.min(
                number(config, "transaction.state.log.replication.factor", 1),
                number(config, "transaction.state.log.min.isr", 1));
        int replicas = settings.replicas() > 0 ? settings.replicas() : number(config, "default.replication.factor", 1);
        int inSync = Math.max(
                number(config, "min.insync.replicas", 1),
                Topics.inSync(settings.replicas()).orElse(1));
        return new ServerLevel(
                replicas,
                inSync,
                transactions,
                text(config, "unclean.leader.election.enable", "true").equals("true"),
                text(config, "log.flush.interval.messages", "").equals("1"));
    }

    static String text(Config config, String key, String otherwise) {
        ConfigEntry entry = config.get(key);
        return entry == null || entry.value() == null ? otherwise : entry.value();
    }

    static int number(Config config, String key, int otherwise) {
        try {
            return Integer.parseInt(text(config, key, Integer.toString(otherwise)));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    boolean isClosed() {
        return closed;
    }

    private void checkOpen() {
        if (closed) {
            throw Failures.closed();
        }
    }

    @Override
    public void close() {
        closed = true;
        Uninterrupted.run(() -> admin.close(Duration.ZERO));
    }
}
