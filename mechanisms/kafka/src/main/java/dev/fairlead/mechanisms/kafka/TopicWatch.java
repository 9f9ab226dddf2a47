package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a topic that brings nothing is still there: a consumer waits for ever for one that was deleted, and for brokers that are
 * away. For one thread; it never blocks.
 */
final class TopicWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Topics topics;
    private final Topic topic;
    private long alive = System.nanoTime();
    private @Nullable KafkaFuture<TopicDescription> look;

    TopicWatch(Topics topics, Topic topic) {
        this.topics = topics;
        this.topic = topic;
    }

    /** A record has come. */
    void alive() {
        alive = System.nanoTime();
    }

    /** Fails with STORAGE_DAMAGED when the topic has gone, with UNREACHABLE when nobody could tell. */
    void look() {
        KafkaFuture<TopicDescription> open = look;
        if (open == null) {
            if (System.nanoTime() - alive > PATIENCE.toNanos()) {
                look = topics.describe(topic.name());
            }
        } else if (open.isDone()) {
            look = null;
            alive();
            judge(open);
        }
    }

    private void judge(KafkaFuture<TopicDescription> done) {
        try {
            TopicDescription found = done.get();
            if (!found.topicId().equals(topic.id())) {
                throw Failures.failure(
                        ErrorCode.STORAGE_DAMAGED,
                        "reading log " + topic.log() + " failed: its topic was deleted and made anew (restore it)",
                        null);
            }
        } catch (ExecutionException e) {
            throw Failures.of("reading log " + topic.log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
