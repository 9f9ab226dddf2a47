package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TopicSubscription;
import dev.fairlead.spi.input.TopicLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.jspecify.annotations.Nullable;

/** A subscription, opened again when its connection broke. */
final class ActivemqSubscription implements TopicSubscription {
    private final Topics topics;
    private final String topic;
    private final Reopened<TopicInlet> inlet;
    private final ReentrantLock polling = new ReentrantLock();
    private volatile boolean closed;

    ActivemqSubscription(Topics topics, Broker broker, String topic, @Nullable String name) {
        this.topics = topics;
        this.topic = topic;
        this.inlet = new Reopened<>(
                () -> TopicInlet.open(broker, topic, name), broker.settings().timeout());
    }

    /** Lets the broker know it. */
    void open() {
        inlet.get();
    }

    @Override
    public List<Question> poll(int most, Duration wait) {
        TopicLimits.checkPoll(topic, most);
        long deadline =
                System.nanoTime() + Math.min(wait.toSeconds(), Integer.MAX_VALUE) * 1_000_000_000L + wait.getNano();
        polling.lock();
        try {
            return next(most, deadline);
        } finally {
            polling.unlock();
        }
    }

    private List<Question> next(int most, long deadline) {
        while (true) {
            refuseWhenClosed();
            TopicInlet open = inlet.get();
            try {
                List<Question> come = open.poll(most, deadline, () -> closed);
                if (come.isEmpty()) {
                    refuseWhenClosed();
                    if (Thread.currentThread().isInterrupted()) {
                        throw Failures.interrupted();
                    }
                }
                if (!come.isEmpty() || System.nanoTime() - deadline >= 0) {
                    return come;
                }
            } catch (ClientException e) {
                refuseWhenClosed();
                inlet.drop(open);
                FairleadException failure = Failures.of("polling topic " + topic, e);
                if (Failures.isFinal(failure) || System.nanoTime() - deadline >= 0) {
                    throw failure;
                }
            }
        }
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw Failures.closed();
        }
    }

    @Override
    public void close() {
        closed = true;
        topics.forget(this);
        TopicInlet open = inlet.end();
        polling.lock(); // a poll looks soon whether to go on
        try {
            if (open != null) {
                open.close();
            }
        } finally {
            polling.unlock();
        }
    }
}
