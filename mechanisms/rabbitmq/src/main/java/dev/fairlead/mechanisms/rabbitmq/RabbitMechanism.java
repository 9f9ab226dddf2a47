package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.Durability;
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
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.calling.DistributedCall;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.input.QueueLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Logs on streams of RabbitMQ, queues on its quorum queues, and questions through a letter box for each opening.
 *
 * <p>The server itself refuses a writer that another claim has followed, because all writers of a log publish under one name with ids
 * that grow with the claim. Marks of claims, and what the server keeps between its pieces, take offsets of their own, so offsets have holes
 * although nothing is lost. A stream is not flushed to disk before an acknowledgement.
 */
public final class RabbitMechanism implements Mechanism, Log, Queue, Call {
    static final String NAME = "rabbitmq";
    private static final Set<Capability> UNSUPPORTED = EnumSet.of(
            Capability.DENSE_OFFSETS,
            Capability.KEEP_FOR,
            Capability.LATEST_PER_KEY,
            Capability.LOOKUP,
            Capability.FIND,
            Capability.ERASE,
            Capability.ERASE_MESSAGES,
            Capability.TOPIC);

    private final Opening opening;
    private final RabbitSettings settings;
    private final Queues queues;
    private final DistributedCall calls;

    private RabbitMechanism(Opening opening, RabbitSettings settings, TimeSource time) {
        this.opening = opening;
        this.settings = settings;
        this.queues = new Queues(opening, settings, time);
        this.calls = new DistributedCall(
                NAME + " at " + settings.address(),
                time,
                inbox -> RabbitCallTransport.open(opening.broker(), opening.sender(), settings, inbox));
    }

    /** As {@link RabbitProvider#open} does. */
    public static RabbitMechanism open(MechanismOpening given) {
        RabbitSettings settings = RabbitSettings.of(given, System::getenv);
        Opening opening = new Opening(settings);
        try {
            opening.streams().awaitServer();
            return new RabbitMechanism(opening, settings, given.time());
        } catch (RuntimeException | Error e) {
            opening.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities(durability());
    }

    static Set<Capability> capabilities(Durability durability) {
        EnumSet<Capability> capabilities = EnumSet.complementOf(EnumSet.copyOf(UNSUPPORTED));
        if (!durability.reaches(Durability.D2)) {
            capabilities.remove(Capability.SURVIVES_POWER_LOSS);
        }
        return capabilities;
    }

    /** What an acknowledged record survives, with as many replicas as the settings ask for. */
    public Durability durability() {
        return settings.replicas() >= 2 ? Durability.D3 : Durability.D1;
    }

    private String stream(String log) {
        return settings.prefix() + log;
    }

    @Override
    public void define(LogDefinition definition) {
        Streams streams = opening.streams();
        String log = LogLimits.checkName(definition.name());
        if (!durability().reaches(definition.durability())) {
            throw Failures.cannot(
                    "log " + log + " asks for " + definition.durability() + ", but streams of rabbitmq offer "
                            + durability() + ": they are not flushed to disk (set 'replicas' to 3 in a cluster)");
        }
        String stream = stream(log);
        Map<String, String> arguments = arguments(definition);
        streams.patiently(() -> {
            streams.create("log " + log, stream, arguments);
            streams.begin(stream);
            return Answers.await(
                    "defining log " + log,
                    opening.firstStream().reached(),
                    System.nanoTime()
                            + settings.timeout().plus(settings.creationWait()).toNanos());
        });
    }

    private Map<String, String> arguments(LogDefinition definition) {
        Map<String, String> arguments = new HashMap<>();
        if (settings.replicas() > 0) {
            arguments.put("initial-cluster-size", Integer.toString(settings.replicas()));
        }
        switch (definition.retention()) {
            case Retention.KeepAll() -> {}
            case Retention.KeepFor(var kept) ->
                throw Failures.cannot(
                        "log " + definition.name() + ": a stream of RabbitMQ cannot keep records for " + kept
                                + ", as it drops whole segments by the server's clock (keep all, or choose another"
                                + " mechanism)");
            case Retention.LatestPerKey() ->
                throw Failures.cannot("log " + definition.name()
                        + ": a stream of RabbitMQ cannot keep the latest record of each key (choose another mechanism"
                        + " for state)");
        }
        return arguments;
    }

    private String known(String log) {
        opening.checkOpen();
        LogLimits.checkName(log);
        String stream = stream(log);
        return opening.streams().patiently(() -> {
            opening.streams().checkKnown("log", log, stream);
            return stream;
        });
    }

    @Override
    public LogWriter claim(String log, String owner) {
        String checked = LogLimits.checkOwner(owner);
        ClaimedStream claimed = ClaimedStream.claim(opening.streams(), log, known(log), checked);
        try {
            return RabbitLogWriter.start(opening, log, claimed);
        } catch (RuntimeException | Error e) {
            claimed.close();
            throw e;
        }
    }

    @Override
    public LogReader read(String log, int partition, long offset) {
        LogLimits.checkPartition(log, partition);
        String stream = known(log);
        return opening.streams().patiently(() -> RabbitLogReader.open(opening, log, stream, offset));
    }

    @Override
    public LogBounds bounds(String log, int partition) {
        LogLimits.checkPartition(log, partition);
        return opening.streams().bounds(known(log));
    }

    @Override
    public int partitions(String log) {
        known(log);
        return 1;
    }

    /** Takes nothing away, since all logs here keep all. */
    @Override
    public void applyRetention(String log) {
        known(log);
    }

    @Override
    public void commit(String log, String group, Position next) {
        LogLimits.checkPartition(log, next.partition());
        LogLimits.checkGroup(group);
        String stream = known(log);
        opening.streams().patiently(() -> opening.positions().commit(stream, group, next.offset()));
    }

    @Override
    public Optional<Position> committed(String log, String group, int partition) {
        LogLimits.checkPartition(log, partition);
        String stream = known(log);
        return opening.streams().patiently(() -> opening.positions().committed(stream, group));
    }

    @Override
    public void define(QueueDefinition definition) {
        queues.define(definition);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message) {
        return queues.send(queue, message, Instant.MIN);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message, Instant notBefore) {
        return queues.send(queue, message, notBefore);
    }

    @Override
    public boolean countsHandBack() {
        return false;
    }

    @Override
    public QueueReceiver receive(String queue, Duration lease) {
        QueueLimits.checkLease(queue, lease);
        OpenQueue open = queues.known(queue);
        return opening.streams().patiently(() -> new RabbitReceiver(open, lease));
    }

    @Override
    public QueueDepth depth(String queue) {
        OpenQueue open = queues.known(queue);
        return opening.streams().patiently(open::depth);
    }

    @Override
    public DeadLetters deadLetters(String queue) {
        return queues.known(queue).deadLetters();
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
    public List<String> weakened() {
        List<String> weakened = new ArrayList<>();
        if (settings.replicas() < 2) {
            weakened.add("records and messages are kept by one node (set 'replicas' to 3 in a cluster)");
            weakened.add("a record in a stream is acknowledged before it is flushed to disk");
        }
        if (settings.creationWait().compareTo(RabbitSettings.CREATION_WAIT) < 0
                && opening.broker().forgetsNewNames()) {
            weakened.add("a kill of the server can empty a queue that is just made ('creation-wait' is less than "
                    + RabbitSettings.CREATION_WAIT.toSeconds() + "s)");
        }
        return weakened;
    }

    @Override
    public void close() {
        calls.close();
        opening.close();
    }
}
