package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries questions and messages as the embedded mechanism does, but for one thing that it does wrong once in five hundred times. */
final class WrongCarrier implements Mechanism, Call, Queue {
    /** What it does wrong. */
    enum Fault {
        LOSES_A_MESSAGE,
        FORGETS_AN_ACKNOWLEDGEMENT,
        GIVES_THE_ANSWER_BEFORE
    }

    private static final int RARELY = 500;

    private final EmbeddedMechanism inner;
    private final Fault fault;
    private final AtomicInteger times = new AtomicInteger();
    private volatile CompletableFuture<Answer> before = new CompletableFuture<>();

    WrongCarrier(EmbeddedMechanism inner, Fault fault) {
        this.inner = inner;
        this.fault = fault;
    }

    private boolean strikes(Fault wanted) {
        return fault == wanted && times.incrementAndGet() % RARELY == 0;
    }

    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        CompletableFuture<Answer> right = inner.ask(item, question, deadline);
        CompletableFuture<Answer> given = strikes(Fault.GIVES_THE_ANSWER_BEFORE) ? before : right;
        before = right;
        return given;
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message) {
        return strikes(Fault.LOSES_A_MESSAGE)
                ? CompletableFuture.completedFuture(new Sent(Durability.D2))
                : inner.send(queue, message);
    }

    @Override
    public QueueReceiver receive(String queue, Duration lease) {
        QueueReceiver receiver = inner.receive(queue, lease);
        return new QueueReceiver() {
            @Override
            public List<Delivered> poll(int most, Duration wait) {
                return receiver.poll(most, wait).stream()
                        .map(WrongCarrier.this::forgetful)
                        .toList();
            }

            @Override
            public void close() {
                receiver.close();
            }
        };
    }

    private Delivered forgetful(Delivered right) {
        return new Delivered() {
            @Override
            public Question message() {
                return right.message();
            }

            @Override
            public int attempt() {
                return right.attempt();
            }

            @Override
            public CompletableFuture<Void> acknowledge() {
                return strikes(Fault.FORGETS_AN_ACKNOWLEDGEMENT) ? right.giveBack(Duration.ZERO) : right.acknowledge();
            }

            @Override
            public CompletableFuture<Void> giveBack(Duration delay) {
                return right.giveBack(delay);
            }

            @Override
            public CompletableFuture<Void> setAside(String error) {
                return right.setAside(error);
            }
        };
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Set<Capability> capabilities() {
        return inner.capabilities();
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        return inner.answer(item, room, answerer);
    }

    @Override
    public void define(QueueDefinition definition) {
        inner.define(definition);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message, Instant notBefore) {
        return inner.send(queue, message, notBefore);
    }

    @Override
    public QueueDepth depth(String queue) {
        return inner.depth(queue);
    }

    @Override
    public DeadLetters deadLetters(String queue) {
        return inner.deadLetters(queue);
    }

    @Override
    public void close() {
        inner.close();
    }
}
