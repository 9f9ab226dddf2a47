package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.calling.DistributedCall;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.input.QueueLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Logs and queues on topics of Apache Kafka, with one partition each.
 *
 * <p>An append is one transaction, with all that waits for the same log; the broker refuses a writer that another claim has followed.
 * The marks of the transactions take offsets of their own, so offsets have holes although nothing is lost. A queue's topic is a journal of
 * what is sent and of what receivers do with it, and the order in the journal decides. What an acknowledgement
 * survives depends on the settings of the brokers, which are read at the opening and at each claim.
 */
public final class KafkaMechanism implements Mechanism, Log, Queue, Call {
    static final String NAME = "kafka";
    private static final Set<Capability> UNSUPPORTED = EnumSet.of(
            Capability.DENSE_OFFSETS,
            Capability.LOOKUP,
            Capability.FIND,
            Capability.ERASE,
            Capability.ERASE_MESSAGES,
            Capability.TOPIC);

    private final Cluster cluster;
    private final ServerLevel level;
    private final Durability offered;
    private final TimeSource time;
    private final Opening opening;
    private final Queues queues;
    private final DistributedCall calls;

    private KafkaMechanism(Cluster cluster, ServerLevel level, TimeSource time) {
        this.cluster = cluster;
        this.level = level;
        this.offered = level.flushing().durability();
        this.time = time;
        this.opening = new Opening(cluster, level);
        this.queues = new Queues(opening, time);
        this.calls = new DistributedCall(
                "kafka at " + cluster.settings().url(),
                time,
                inbox -> KafkaCallTransport.open(opening.cluster(), opening.topics(), inbox));
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
        return capabilities(offered);
    }

    static Set<Capability> capabilities(Durability durability) {
        EnumSet<Capability> capabilities = EnumSet.complementOf(EnumSet.copyOf(UNSUPPORTED));
        if (!durability.reaches(Durability.D2)) {
            capabilities.remove(Capability.SURVIVES_POWER_LOSS);
        }
        return capabilities;
    }

    /** What an acknowledgement can survive on these brokers as they are set up, when an item asks for it. */
    public Durability durability() {
        return offered;
    }

    @Override
    public List<String> weakened() {
        return level.weakened();
    }

    @Override
    public void define(LogDefinition definition) {
        Topics topics = opening.topics();
        LogLimits.checkName(definition.name());
        checkDurability("log " + definition.name(), definition.durability());
        topics.define(definition.name(), definition.retention(), definition.durability());
    }

    private void checkDurability(String what, Durability wanted) {
        if (!offered.reaches(wanted)) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    what + " asks for " + wanted + ", but kafka at "
                            + cluster.settings().url() + " offers " + offered + ": "
                            + String.join("; ", level.weakened()));
        }
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
    public void define(QueueDefinition definition) {
        Topics topics = opening.topics();
        LogLimits.checkName(definition.name());
        checkDurability("queue " + definition.name(), definition.durability());
        topics.defineQueue(definition.name(), definition.durability());
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message) {
        return sending(() -> queues.of(queue).send(message, null));
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message, Instant notBefore) {
        return sending(() -> {
            KafkaQueue open = queues.of(queue);
            Instant now = time.now();
            QueueLimits.checkMoment(queue, notBefore, now);
            return open.send(message, notBefore.isAfter(now) ? notBefore : null);
        });
    }

    private static CompletableFuture<Sent> sending(Supplier<CompletableFuture<Sent>> send) {
        try {
            return send.get();
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    @Override
    public QueueReceiver receive(String queue, Duration lease) {
        return queues.of(queue).receive(lease);
    }

    @Override
    public boolean countsHandBack() {
        return false;
    }

    @Override
    public QueueDepth depth(String queue) {
        return queues.of(queue).depth();
    }

    @Override
    public DeadLetters deadLetters(String queue) {
        return queues.of(queue).deadLetters();
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        return calls.answer(item, room, answerer);
    }

    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        return calls.ask(item, question, deadline);
    }

    @Override
    public void applyRetention(String log) {
        new AppliedRetention(opening.cluster(), topic(log), time.now()).apply();
    }

    @Override
    public void close() {
        calls.close();
        opening.close();
    }
}
