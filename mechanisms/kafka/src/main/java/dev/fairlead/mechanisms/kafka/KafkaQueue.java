package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One queue in one opening. A sender needs no more than its topic; the journal is read when somebody receives or looks. */
final class KafkaQueue implements Members.Member {
    private final String name;
    private final Opening opening;
    private final Topic topic;
    private final TimeSource time;
    private final QueueContents contents;
    private @Nullable QueueJournal journal;
    private volatile @Nullable QueueJournal begun;
    private volatile boolean ended;

    KafkaQueue(String name, Opening opening, Topic topic, TimeSource time) {
        this.name = name;
        this.opening = opening;
        this.topic = topic;
        this.time = time;
        this.contents = new QueueContents(opening.cluster(), topic);
    }

    String name() {
        return name;
    }

    TimeSource time() {
        return time;
    }

    Opening opening() {
        return opening;
    }

    CompletableFuture<Sent> send(Question message, @Nullable Instant notBefore) {
        QueueLimits.checkMessage(name, message);
        CompletableFuture<Sent> sent = new CompletableFuture<>();
        opening.queueWriter().write(Records.of(topic.name(), message, notBefore), (offset, failure) -> {
            if (failure == null) {
                sent.complete(new Sent(topic.level().durability()));
            } else {
                sent.completeExceptionally(failure);
            }
        });
        return sent;
    }

    QueueReceiver receive(Duration lease) {
        QueueLimits.checkLease(name, lease);
        return KafkaReceiver.open(this, journal(), lease);
    }

    QueueDepth depth() {
        QueueJournal open = journal();
        open.catchUp();
        return open.look(state -> state.depth(time.now()));
    }

    DeadLetters deadLetters() {
        return new KafkaDeadLetters(this);
    }

    /** The messages whose records stand at these offsets. */
    Map<Long, Question> contents(Collection<Long> ids) {
        return contents.read(List.copyOf(ids));
    }

    synchronized QueueJournal journal() {
        opening.checkOpen();
        QueueJournal open = journal;
        if (open == null) {
            open = new QueueJournal(name, opening, topic, time);
            begun = open;
            try {
                if (ended) {
                    throw Failures.closed();
                }
                open.start();
            } catch (RuntimeException | Error e) {
                open.close();
                throw e;
            }
            journal = open;
        }
        return open;
    }

    @Override
    public void end() {
        ended = true;
        QueueJournal open = begun;
        if (open != null) {
            open.close();
        }
        contents.close();
    }
}
