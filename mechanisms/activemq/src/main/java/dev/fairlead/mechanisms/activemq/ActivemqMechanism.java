package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.Topic;
import dev.fairlead.spi.TopicSubscription;
import dev.fairlead.spi.calling.DistributedCall;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Topics, queues and questions on ActiveMQ Artemis and ActiveMQ Classic, over AMQP 1.0.
 *
 * <p>What is settled goes into transactions of the broker, and so does what is sent for it: nothing is between two places, whoever is
 * killed. What an acknowledgement survives is asked of Artemis at the opening; ActiveMQ Classic does not tell.
 */
public final class ActivemqMechanism implements Mechanism, Topic, Queue, Call {
    static final String NAME = "activemq";

    private final Opening opening;
    private final ServerLevel level;
    private final String prefix;
    private final Definitions definitions;
    private final Depths depths;
    private final DistributedCall calls;
    private final Topics topics;

    private ActivemqMechanism(Opening opening) {
        this.opening = opening;
        this.level = opening.level();
        this.prefix = opening.broker().settings().prefix();
        this.definitions = new Definitions(opening.administration());
        this.depths = new Depths(opening.administration());
        this.topics = new Topics(opening);
        this.calls = new DistributedCall(
                NAME + " at " + opening.broker().settings().url(),
                opening.time(),
                inbox -> ActivemqCallTransport.open(opening, inbox));
    }

    /** As {@link ActivemqProvider#open} does. */
    public static ActivemqMechanism open(MechanismOpening opening) {
        Broker broker = Broker.open(ActivemqSettings.of(opening, System::getenv));
        try {
            return new ActivemqMechanism(Opening.open(broker, opening.time()));
        } catch (RuntimeException | Error e) {
            broker.close();
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
        EnumSet<Capability> capabilities =
                EnumSet.of(Capability.TOPIC, Capability.QUEUE, Capability.SCHEDULE, Capability.CALL);
        if (durability.reaches(Durability.D1)) {
            capabilities.add(Capability.SURVIVES_KILL);
        }
        if (durability.reaches(Durability.D2)) {
            capabilities.add(Capability.SURVIVES_POWER_LOSS);
        }
        return capabilities;
    }

    /** What an acknowledgement survives on this broker. */
    public Durability durability() {
        return level.durability();
    }

    @Override
    public List<String> weakened() {
        return level.weakened();
    }

    @Override
    public void define(QueueDefinition definition) {
        opening.checkOpen();
        QueueNames names = names(definition.name());
        if (!level.durability().reaches(definition.durability())) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    "queue " + definition.name() + " asks for " + definition.durability() + ", but activemq at "
                            + opening.broker().settings().url() + " offers " + level.durability() + ": "
                            + String.join("; ", level.weakened()));
        }
        definitions.define(names);
        opening.queue(names);
    }

    private QueueNames names(String name) {
        return QueueNames.of(prefix, LogLimits.checkName(name));
    }

    private OpenQueue queue(String name) {
        opening.checkOpen();
        QueueNames names = names(name);
        if (!opening.isKnown(name) && !definitions.isDefined(names)) {
            throw Failures.undefined(name);
        }
        return opening.queue(names);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message) {
        return send(queue, message, Instant.MIN);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message, Instant notBefore) {
        try {
            OpenQueue open = queue(queue);
            QueueLimits.checkMessage(queue, message);
            Instant now = opening.time().now();
            QueueLimits.checkMoment(queue, notBefore, now);
            return open.send(message, notBefore.isAfter(now) ? Nanos.of(notBefore) : 0);
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    @Override
    public QueueReceiver receive(String queue, Duration lease) {
        OpenQueue open = queue(queue);
        QueueLimits.checkLease(queue, lease);
        open.keeper().start();
        return new ActivemqReceiver(open, lease);
    }

    @Override
    public boolean countsHandBack() {
        return false;
    }

    @Override
    public QueueDepth depth(String queue) {
        return depths.of(queue(queue));
    }

    @Override
    public DeadLetters deadLetters(String queue) {
        return new ActivemqDeadLetters(opening, queue(queue).names());
    }

    @Override
    public CompletableFuture<?> publish(String topic, Question message) {
        try {
            opening.checkOpen();
            LogLimits.checkName(topic);
            QueueLimits.checkMessage(topic, message);
            return topics.publish(topic, message);
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    @Override
    public TopicSubscription subscribe(String topic) {
        opening.checkOpen();
        return topics.subscribe(LogLimits.checkName(topic), null);
    }

    @Override
    public TopicSubscription subscribe(String topic, String subscription) {
        opening.checkOpen();
        return topics.subscribe(LogLimits.checkName(topic), LogLimits.checkName(subscription));
    }

    @Override
    public void unsubscribe(String topic, String subscription) {
        opening.checkOpen();
        topics.unsubscribe(LogLimits.checkName(topic), LogLimits.checkName(subscription));
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        return calls.answer(item, room, answerer);
    }

    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        return calls.ask(item, question, deadline);
    }

    /** Takes away what carries the prefix in its name. */
    void remove() {
        new Removal(opening.administration()).remove();
    }

    @Override
    public void close() {
        calls.close();
        topics.close();
        opening.close();
    }
}
