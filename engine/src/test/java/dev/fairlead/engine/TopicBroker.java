package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.Topic;
import dev.fairlead.spi.TopicSubscription;
import dev.fairlead.testkit.faults.MemoryTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A broker in memory that has topics and questions and nothing else, under the name of one that is like that. */
public final class TopicBroker implements AutoCloseable {
    private final MemoryTopics topics = new MemoryTopics();
    private final EmbeddedMechanism calls;
    private volatile boolean silent;

    public TopicBroker(TimeSource time) {
        this.calls = EmbeddedMechanism.open(new MechanismOpening(Map.of("durability", "D0"), Path.of("."), time));
    }

    public MemoryTopics topics() {
        return topics;
    }

    /** From now on no question reaches an answerer. */
    public void silence() {
        silent = true;
    }

    /** From now on messages with this text in them are lost on their way; tells when one was. */
    public AtomicBoolean lose(String text) {
        AtomicBoolean lost = new AtomicBoolean();
        topics.deliver(come -> come.stream()
                .filter(each -> {
                    boolean isThat = new String(each.payload(), ISO_8859_1).contains(text);
                    lost.compareAndSet(false, isThat);
                    return !isThat;
                })
                .toList());
        return lost;
    }

    /** From now on questions are answered again. */
    public void speak() {
        silent = false;
    }

    /** What one process has of it. */
    public Mechanism open() {
        return new Opening(topics.open());
    }

    @Override
    public void close() {
        calls.close();
    }

    private final class Opening implements Mechanism, Topic, Call {
        private final MemoryTopics.Opening opened;

        Opening(MemoryTopics.Opening opened) {
            this.opened = opened;
        }

        @Override
        public String name() {
            return "activemq";
        }

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(Capability.TOPIC, Capability.CALL);
        }

        @Override
        public CompletableFuture<?> publish(String topic, Question message) {
            return opened.publish(topic, message);
        }

        @Override
        public TopicSubscription subscribe(String topic) {
            return opened.subscribe(topic);
        }

        @Override
        public TopicSubscription subscribe(String topic, String name) {
            return opened.subscribe(topic, name);
        }

        @Override
        public void unsubscribe(String topic, String name) {
            opened.unsubscribe(topic, name);
        }

        @Override
        public OpenAnswerer answer(String item, int room, Answerer answerer) {
            return calls.answer(item, room, answerer);
        }

        @Override
        public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
            return silent
                    ? CompletableFuture.failedFuture(
                            new FairleadException(ErrorCode.UNREACHABLE, "no question gets through"))
                    : calls.ask(item, question, deadline);
        }

        @Override
        public void close() {
            opened.close();
        }
    }
}
