package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.input.QueueLimits;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The queues of one opening. Safe for many threads. */
final class Queues {
    private final Opening opening;
    private final RabbitSettings settings;
    private final TimeSource time;
    private final Map<String, OpenQueue> known = new ConcurrentHashMap<>();

    Queues(Opening opening, RabbitSettings settings, TimeSource time) {
        this.opening = opening;
        this.settings = settings;
        this.time = time;
    }

    /** Quorum queues are flushed to disk on each of their nodes before they confirm. */
    private Durability durability() {
        return settings.replicas() >= 2 ? Durability.D4 : Durability.D2;
    }

    void define(QueueDefinition definition) {
        Broker broker = opening.broker();
        String name = LogLimits.checkName(definition.name());
        if (!durability().reaches(definition.durability())) {
            throw Failures.cannot("queue " + name + " asks for " + definition.durability()
                    + ", but quorum queues of rabbitmq on one node offer " + durability()
                    + " (set 'replicas' to 3 in a cluster)");
        }
        opening.streams().patiently(() -> define(name, arguments(broker.version())));
    }

    /** Makes what is missing; called again after a failure, it goes on. */
    private boolean define(String name, Map<String, Object> arguments) {
        QueueNames names = QueueNames.of(settings.prefix(), name);
        Map<String, Object> marks = new HashMap<>(arguments);
        marks.put("x-max-length", 1);
        declare(settings.prefix() + OpenQueue.MARKS, "the queue of marks", marks);
        opening.streams().create("the dead letters of queue " + name, names.dead(), Map.of());
        opening.streams().begin(names.dead());
        Map<String, Object> main = new HashMap<>(arguments);
        main.put("x-dead-letter-exchange", "");
        main.put("x-dead-letter-routing-key", names.dead());
        main.put("x-dead-letter-strategy", "at-least-once");
        main.put("x-overflow", "reject-publish");
        Map<String, Object> later = new HashMap<>(arguments);
        later.put("x-single-active-consumer", true);
        OpenQueue queue = known.getOrDefault(name, new OpenQueue(opening, names, time));
        if (!exists(names.main()) || !exists(names.later())) {
            queue.lasting().beginAnew();
        }
        declare(names.main(), "queue " + name, main);
        declare(names.later(), "queue " + name, later);
        known.putIfAbsent(name, queue);
        known(name).lasting().reached(); // while nothing is sent yet, time passes all the same
        return true;
    }

    private boolean exists(String queue) {
        try {
            opening.broker().once("a look at queue " + queue, channel -> channel.queueDeclarePassive(queue));
            return true;
        } catch (FairleadException failure) {
            if (failure.code() == ErrorCode.STORAGE_DAMAGED) {
                return false; // there is none
            }
            throw failure;
        }
    }

    private Map<String, Object> arguments(String version) {
        Map<String, Object> arguments = new HashMap<>(Map.of("x-queue-type", "quorum"));
        if (settings.replicas() > 0) {
            arguments.put("x-quorum-initial-group-size", settings.replicas());
        }
        if (!version.startsWith("3.")) {
            arguments.put("x-delivery-limit", -1); // since 4.0 the server would drop a message after twenty attempts
        }
        return arguments;
    }

    private void declare(String queue, String what, Map<String, Object> arguments) {
        opening.streams().catalog().note(queue);
        opening.broker()
                .once("defining " + what, channel -> channel.queueDeclare(queue, true, false, false, arguments));
    }

    /** The queue; fails with PLAN if it was not defined. */
    OpenQueue known(String name) {
        opening.checkOpen();
        LogLimits.checkName(name);
        OpenQueue open = known.get(name);
        if (open != null) {
            return open;
        }
        QueueNames names = QueueNames.of(settings.prefix(), name);
        boolean isDefined = opening.streams().patiently(() -> exists(names.main()));
        if (!isDefined) {
            throw Failures.undefined("queue", name);
        }
        return known.computeIfAbsent(name, any -> new OpenQueue(opening, names, time));
    }

    CompletableFuture<Sent> send(String name, Question message, Instant notBefore) {
        try {
            opening.checkOpen();
            OpenQueue queue = known(name);
            QueueLimits.checkMessage(name, message);
            Instant now = time.now();
            QueueLimits.checkMoment(name, notBefore, now);
            Messages.Outgoing fresh = Messages.fresh(message);
            Sent receipt = new Sent(durability());
            return (notBefore.isAfter(now)
                            ? queue.send(
                                    queue.names().later(),
                                    Messages.with(fresh, Messages.DUE, OpenQueue.millis(notBefore)))
                            : queue.send(queue.names().main(), fresh))
                    .thenApply(sent -> receipt);
        } catch (FairleadException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
