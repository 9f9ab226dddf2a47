package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.input.LogLimits;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Logs on topics of Apache Kafka, with one partition each.
 *
 * <p>An append is one transaction, with all that waits for the same log; the broker refuses a writer that another claim has followed.
 * The marks of the transactions take offsets of their own, so offsets have holes although nothing is lost. What an acknowledgement
 * survives depends on the settings of the brokers, which are read at the opening and at each claim.
 */
public final class KafkaMechanism implements Mechanism, Log {
    static final String NAME = "kafka";
    private static final Set<Capability> UNSUPPORTED = EnumSet.of(
            Capability.DENSE_OFFSETS,
            Capability.LOOKUP,
            Capability.ERASE,
            Capability.ERASE_MESSAGES,
            Capability.CALL,
            Capability.QUEUE,
            Capability.SCHEDULE);

    private final Cluster cluster;
    private final ServerLevel level;
    private final TimeSource time;
    private final Opening opening;

    private KafkaMechanism(Cluster cluster, ServerLevel level, TimeSource time) {
        this.cluster = cluster;
        this.level = level;
        this.time = time;
        this.opening = new Opening(cluster, level);
    }

    /** As {@link KafkaProvider#open} does. */
    public static KafkaMechanism open(MechanismOpening opening) {
        Cluster cluster = Cluster.open(KafkaSettings.of(opening, System::getenv));
        try {
            return new KafkaMechanism(cluster, cluster.level(), opening.time());
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities(level.durability());
    }

    static Set<Capability> capabilities(Durability durability) {
        EnumSet<Capability> capabilities = EnumSet.complementOf(EnumSet.copyOf(UNSUPPORTED));
        if (!durability.reaches(Durability.D2)) {
            capabilities.remove(Capability.SURVIVES_POWER_LOSS);
        }
        return capabilities;
    }

    /** What an acknowledgement survives on these brokers as they are set up. */
    public Durability durability() {
        return level.durability();
    }

    /** The settings of the brokers that weaken it, each with what would help. */
    public List<String> weakened() {
        return level.weakened();
    }

    @Override
    public void define(LogDefinition definition) {
        Topics topics = opening.topics();
        LogLimits.checkName(definition.name());
        if (!level.durability().reaches(definition.durability())) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    "log " + definition.name() + " asks for " + definition.durability() + ", but kafka at "
                            + cluster.settings().url() + " offers " + level.durability() + ": "
                            + String.join("; ", level.weakened()));
        }
        topics.define(definition.name(), definition.retention());
    }

    @Override
    public LogWriter claim(String log, String owner) {
        String checked = LogLimits.checkOwner(owner);
        Topic topic = topic(log);
        Claims.Claimed claimed = opening.claims().claim(topic, checked);
        try {
            long end = opening.topics().bounds(topic).end();
            return KafkaLogWriter.start(opening, topic, new Transactions(opening, topic, time, claimed, end));
        } catch (RuntimeException | Error e) {
            Producers.discard(claimed.producer());
            throw e;
        }
    }

    private Topic topic(String log) {
        Topics topics = opening.topics();
        LogLimits.checkName(log);
        return topics.find(log);
    }

    @Override
    public LogReader read(String log, int partition, long offset) {
        LogLimits.checkPartition(log, partition);
        return KafkaLogReader.open(opening, topic(log), offset);
    }

    @Override
    public LogBounds bounds(String log, int partition) {
        LogLimits.checkPartition(log, partition);
        return opening.topics().bounds(topic(log));
    }

    @Override
    public int partitions(String log) {
        topic(log);
        return 1;
    }

    @Override
    public void commit(String log, String group, Position next) {
        LogLimits.checkPartition(log, next.partition());
        LogLimits.checkGroup(group);
        opening.positions().commit(partition(log), group, next.offset());
    }

    @Override
    public Optional<Position> committed(String log, String group, int partition) {
        LogLimits.checkPartition(log, partition);
        return opening.positions().committed(partition(log), group);
    }

    private TopicPartition partition(String log) {
        Topics topics = opening.topics();
        topics.checkDefined(log);
        return new TopicPartition(topics.name(log), 0);
    }

    @Override
    public void close() {
        opening.close();
    }
}
