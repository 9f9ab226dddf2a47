package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.Retention;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the logs: made, found, and asked how far they go. Safe for many threads. */
final class Topics {
    /** The longest batch of records that a topic takes: one record at all its limits, with its frame. */
    static final int LONGEST_MESSAGE = 2 << 20;

    /** What the topics of queues begin with; no log is named so. */
    private static final String QUEUE = "Fairlead.queue.";

    /** After how many records a topic flushes. */
    private static final String FLUSH = "flush.messages";

    private static final String FOR_EVER = Long.toString(Long.MAX_VALUE);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /** How far one broker may be behind another in knowing a topic. */
    private static final Duration LAG = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final ServerLevel level;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Topics(Cluster cluster, ServerLevel level) {
        this.cluster = cluster;
        this.level = level;
    }

    /** How many replicas must have a record of a topic that is made with so many. */
    static OptionalInt inSync(int replicas) {
        return replicas >= 3 ? OptionalInt.of(2) : OptionalInt.empty();
    }

    String name(String log) {
        return cluster.settings().prefix() + log;
    }

    /** Makes the topic of a queue, or finds it as it is; the times in it are the brokers'. */
    void defineQueue(String queue, Durability durability) {
        Map<String, String> settings = settings(new Retention.KeepAll());
        settings.put("message.timestamp.type", "LogAppendTime");
        create(name(QUEUE + queue), settings);
        reach(awaitReady(QUEUE + queue), durability);
    }

    /** The topic of a queue; fails with PLAN when there is none. */
    Topic findQueue(String queue) {
        return known(QUEUE + queue, () -> new FairleadException(ErrorCode.PLAN, "queue " + queue + " is not defined"));
    }

    /** Makes the topic, or finds it as it is; another retention is refused with PLAN. */
    void define(String log, Retention retention, Durability durability) {
        create(name(log), settings(retention));
        Topic found = awaitReady(log);
        if (!found.retention().equals(retention)) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    "log " + log + " exists with " + found.retention() + ", not " + retention
                            + " (keep it so, or give the log another name)");
        }
        reach(found, durability);
    }

    /** A topic whose brokers do not reach the level by themselves flushes each record before it is acknowledged, from now on. */
    private void reach(Topic topic, Durability wanted) {
        if (!topic.level().durability().reaches(wanted)) {
            flush(topic.name());
        }
    }

    /** Lets the topic flush each record before it is acknowledged. */
    void flush(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp flush = new AlterConfigOp(new ConfigEntry(FLUSH, "1"), AlterConfigOp.OpType.SET);
        cluster.await(
                "making topic " + topic + " flush its records",
                cluster.admin()
                        .incrementalAlterConfigs(Map.of(resource, List.of(flush)))
                        .all());
    }

    private static Map<String, String> settings(Retention retention) {
        Map<String, String> settings = new HashMap<>();
        switch (retention) {
            case Retention.KeepAll all -> keep(settings, "-1");
            case Retention.KeepFor(Duration time) -> keep(settings, Long.toString(time.toMillis()));
            case Retention.LatestPerKey latest -> {
                settings.put("cleanup.policy", "compact");
                settings.put("min.cleanable.dirty.ratio", "0.2");
            }
        }
        settings.put("max.message.bytes", Integer.toString(LONGEST_MESSAGE));
        settings.put("message.timestamp.before.max.ms", FOR_EVER);
        settings.put("message.timestamp.after.max.ms", FOR_EVER);
        return settings;
    }

    private static void keep(Map<String, String> settings, String time) {
        settings.put("cleanup.policy", "delete");
        settings.put("retention.ms", time);
        settings.put("retention.bytes", "-1");
    }

    /** Makes a topic with one partition, unless it is there. */
    void create(String topic, Map<String, String> settings) {
        int replicas = cluster.settings().replicas();
        Map<String, String> all = new HashMap<>(settings);
        inSync(replicas).ifPresent(number -> all.put("min.insync.replicas", Integer.toString(number)));
        Optional<Short> replication = replicas > 0 ? Optional.of((short) replicas) : Optional.empty();
        NewTopic wanted = new NewTopic(topic, Optional.of(1), replication).configs(all);
        long deadline = System.nanoTime() + cluster.settings().timeout().toNanos();
        while (true) {
            try {
                cluster.await(
                        "making topic " + topic,
                        cluster.admin().createTopics(List.of(wanted)).all());
                return;
            } catch (FairleadException failure) {
                Throwable cause = failure.getCause();
                if (cause instanceof TopicExistsException) {
                    return;
                }
                // brokers that are cut off for a moment do not count, and may be all there are
                if (!(cause instanceof InvalidReplicationFactorException) || System.nanoTime() > deadline) {
                    throw failure;
                }
            }
            Pauses.sleep(LOOK_AGAIN);
        }
    }

    /** A new topic is known to all brokers only after a moment. */
    private Topic awaitReady(String log) {
        return await(
                log,
                cluster.settings().timeout(),
                () -> new FairleadException(
                        ErrorCode.UNREACHABLE, "log " + log + ": its topic was made, but no broker knows it yet"));
    }

    /** The log's topic as it is now; fails with PLAN when there is none. */
    Topic find(String log) {
        return known(log, () -> Failures.undefined(log));
    }

    /** What this opening has found before may be missing only where a broker is behind. */
    private Topic known(String log, Supplier<FairleadException> otherwise) {
        return await(log, known.contains(log) ? LAG : Duration.ZERO, otherwise);
    }

    private Topic await(String log, Duration patience, Supplier<FairleadException> otherwise) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Topic> found = look(log);
            if (found.isPresent()) {
                known.add(log);
                return found.get();
            }
            if (System.nanoTime() >= deadline) {
                known.remove(log);
                throw otherwise.get();
            }
            Pauses.sleep(LOOK_AGAIN);
        }
    }

    /** The topic, with a broker that leads it: while another is elected, or the only one is cut off, there is none for a moment. */
    private Optional<Topic> look(String log) {
        String name = name(log);
        long deadline = System.nanoTime() + cluster.settings().timeout().toNanos();
        try {
            while (true) {
                TopicDescription description = cluster.await("a look at log " + log, describe(name));
                if (description.partitions().size() != 1) {
                    throw new FairleadException(
                            ErrorCode.PLAN,
                            "log " + log + ": topic " + name + " has "
                                    + description.partitions().size()
                                    + " partitions; Fairlead needs exactly one (give the log another topic)");
                }
                if (description.partitions().getFirst().leader() != null) {
                    return Optional.of(topic(log, description, settings(log, name)));
                }
                if (System.nanoTime() >= deadline) {
                    throw new FairleadException(
                            ErrorCode.UNREACHABLE, "log " + log + ": no broker leads its topic " + name);
                }
                Pauses.sleep(LOOK_AGAIN);
            }
        } catch (FairleadException failure) {
            if (failure.getCause() != null && Failures.isTopicMissing(failure.getCause())) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private Config settings(String log, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return cluster.await(
                "a look at the settings of log " + log,
                Objects.requireNonNull(cluster.admin()
                        .describeConfigs(List.of(resource))
                        .values()
                        .get(resource)));
    }

    /** The description of the topic, as soon as a broker has given it. */
    KafkaFuture<TopicDescription> describe(String topic) {
        return Objects.requireNonNull(
                cluster.admin().describeTopics(List.of(topic)).topicNameValues().get(topic));
    }

    private Topic topic(String log, TopicDescription description, Config config) {
        int inSync = Cluster.number(config, "min.insync.replicas", 1);
        ServerLevel own = new ServerLevel(
                description.partitions().getFirst().replicas().size(),
                inSync,
                level.transactions(),
                Cluster.text(config, "unclean.leader.election.enable", "true").equals("true"),
                Cluster.text(config, FLUSH, "").equals("1"));
        return new Topic(log, new TopicPartition(description.name(), 0), description.topicId(), retention(config), own);
    }

    private static Retention retention(Config config) {
        if (Cluster.text(config, "cleanup.policy", "").contains("compact")) {
            return new Retention.LatestPerKey();
        }
        long time = Long.parseLong(Cluster.text(config, "retention.ms", "-1"));
        return time < 0 ? new Retention.KeepAll() : new Retention.KeepFor(Duration.ofMillis(time));
    }

    /** Fails with PLAN when the log is not defined; asks the brokers only the first time. */
    void checkDefined(String log) {
        if (!known.contains(log)) {
            find(log);
        }
    }

    /** What the topic holds. */
    LogBounds bounds(Topic topic) {
        KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> earliest = offsets(topic, OffsetSpec.earliest());
        KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> latest = offsets(topic, OffsetSpec.latest());
        String what = "a look at the bounds of log " + topic.log();
        long start = offset(topic, cluster.await(what, earliest));
        long end = Math.max(start, offset(topic, cluster.await(what, latest)));
        return new LogBounds(start, topic.compacted() ? end : start, end); // where the cleaner has been is not told
    }

    /** How far the topic goes, as soon as a broker has said so. */
    KafkaFuture<Long> end(Topic topic) {
        return offsets(topic, OffsetSpec.latest()).thenApply(found -> offset(topic, found));
    }

    private KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(Topic topic, OffsetSpec spec) {
        return cluster.admin()
                .listOffsets(Map.of(topic.partition(), spec), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all();
    }

    private static long offset(Topic topic, Map<TopicPartition, ListOffsetsResultInfo> found) {
        ListOffsetsResultInfo info = found.get(topic.partition());
        if (info == null) {
            throw Failures.gone("log " + topic.log(), null);
        }
        return info.offset();
    }

    /** Waits until readers see what was committed up to the offset: the mark of a commit comes a moment after its acknowledgement. */
    boolean awaitVisible(Topic topic, long offset) {
        long deadline = System.nanoTime() + cluster.settings().timeout().toNanos();
        long pause = 200_000;
        while (System.nanoTime() < deadline) {
            if (cluster.isClosed()) {
                return false;
            }
            try {
                long end = offset(topic, offsets(topic, OffsetSpec.latest()).get());
                if (end > offset) {
                    return true;
                }
            } catch (ExecutionException | FairleadException e) {
                continue; // the brokers may come back in time
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            Pauses.sleep(Duration.ofNanos(pause));
            pause = Math.min(pause * 2, 5_000_000);
        }
        return false;
    }
}
