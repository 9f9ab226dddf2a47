package dev.fairlead.testkit.faults;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Topic;
import dev.fairlead.spi.TopicSubscription;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.input.TopicLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A server with topics, in memory, which can be stopped, and can lose, double and swap what it delivers. Safe for many threads.
 *
 * <p>{@link #open} gives what one process has of it.
 */
public final class MemoryTopics {
    private final Map<String, Map<String, Inbox>> topics = new HashMap<>();
    private UnaryOperator<List<Question>> delivery = UnaryOperator.identity();
    private boolean away;
    private long opened;

    /** What waits for one subscription. */
    private static final class Inbox {
        private final Deque<Question> waiting = new ArrayDeque<>();
        private final List<Question> handedOut = new ArrayList<>();
    }

    /** From now on a subscription gets what this makes of the messages that a poll would bring it; called with one poll's messages at a time. */
    public synchronized void deliver(UnaryOperator<List<Question>> changed) {
        delivery = changed;
    }

    /** From now on publishing and polling fail, and the subscriptions that are not durable have lost what waited for them. */
    public synchronized void stop() {
        away = true;
        topics.values()
                .forEach(inboxes -> inboxes.entrySet().stream()
                        .filter(each -> isPassing(each.getKey()))
                        .forEach(each -> {
                            each.getValue().waiting.clear();
                            each.getValue().handedOut.clear();
                        }));
        notifyAll();
    }

    /** From now on it works again. */
    public synchronized void start() {
        away = false;
    }

    /** How many subscriptions the topic has now, the durable ones that nobody has open included. */
    public synchronized int subscriptions(String topic) {
        return topics.getOrDefault(topic, Map.of()).size();
    }

    /** The topics as one process has them; closing ends its subscriptions. */
    public Opening open() {
        return new Opening();
    }

    private static boolean isPassing(String subscription) {
        return subscription.startsWith("#");
    }

    private void refuseWhenAway() {
        if (away) {
            throw new FairleadException(ErrorCode.UNREACHABLE, "the server of the topics is away");
        }
    }

    private static FairleadException closed() {
        return new FairleadException(ErrorCode.CLOSED, "the topics are closed, or the wait was interrupted");
    }

    /** The topics of one process. */
    public final class Opening implements Topic, AutoCloseable {
        private final List<Subscription> subscriptions = new ArrayList<>();
        private boolean closed;

        private Opening() {}

        @Override
        public CompletableFuture<?> publish(String topic, Question message) {
            synchronized (MemoryTopics.this) {
                try {
                    refuseWhenClosed();
                    LogLimits.checkName(topic);
                    QueueLimits.checkMessage(topic, message);
                    refuseWhenAway();
                } catch (FairleadException refusal) {
                    return CompletableFuture.failedFuture(refusal);
                }
                topics.getOrDefault(topic, Map.of()).values().forEach(inbox -> inbox.waiting.add(message));
                MemoryTopics.this.notifyAll();
                return CompletableFuture.completedFuture(true);
            }
        }

        @Override
        public TopicSubscription subscribe(String topic) {
            synchronized (MemoryTopics.this) {
                return subscribed(topic, "#" + opened++);
            }
        }

        @Override
        public TopicSubscription subscribe(String topic, String name) {
            return subscribed(topic, LogLimits.checkName(name));
        }

        private TopicSubscription subscribed(String topic, String name) {
            synchronized (MemoryTopics.this) {
                refuseWhenClosed();
                LogLimits.checkName(topic);
                refuseWhenAway();
                Inbox inbox = topics.computeIfAbsent(topic, each -> new HashMap<>())
                        .computeIfAbsent(name, each -> new Inbox());
                Subscription subscription = new Subscription(this, topic, name, inbox);
                subscriptions.add(subscription);
                return subscription;
            }
        }

        @Override
        public void unsubscribe(String topic, String name) {
            synchronized (MemoryTopics.this) {
                refuseWhenClosed();
                LogLimits.checkName(name);
                refuseWhenAway();
                topics.getOrDefault(LogLimits.checkName(topic), new HashMap<>()).remove(name);
            }
        }

        private void refuseWhenClosed() {
            if (closed) {
                throw MemoryTopics.closed();
            }
        }

        @Override
        public void close() {
            synchronized (MemoryTopics.this) {
                closed = true;
                List.copyOf(subscriptions).forEach(Subscription::end);
                MemoryTopics.this.notifyAll();
            }
        }
    }

    private final class Subscription implements TopicSubscription {
        private final Opening opening;
        private final String topic;
        private final String name;
        private final Inbox inbox;
        private boolean ended;

        Subscription(Opening opening, String topic, String name, Inbox inbox) {
            this.opening = opening;
            this.topic = topic;
            this.name = name;
            this.inbox = inbox;
        }

        @Override
        public List<Question> poll(int most, Duration wait) {
            long deadline = System.nanoTime() + wait.toNanos();
            synchronized (MemoryTopics.this) {
                TopicLimits.checkPoll(topic, most);
                refuseWhenEnded();
                inbox.handedOut.clear();
                while (inbox.waiting.isEmpty() && deadline - System.nanoTime() > 0) {
                    refuseWhenAway();
                    await(deadline - System.nanoTime());
                    refuseWhenEnded();
                }
                refuseWhenAway();
                List<Question> come = new ArrayList<>();
                while (!inbox.waiting.isEmpty() && come.size() < most) {
                    come.add(inbox.waiting.remove());
                }
                inbox.handedOut.addAll(come);
                return delivery.apply(come);
            }
        }

        private void await(long nanos) {
            try {
                TimeUnit.NANOSECONDS.timedWait(MemoryTopics.this, nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw closed();
            }
        }

        private void refuseWhenEnded() {
            if (ended) {
                throw closed();
            }
        }

        private void end() {
            if (ended) {
                return;
            }
            ended = true;
            opening.subscriptions.remove(this);
            if (isPassing(name)) {
                topics.getOrDefault(topic, new HashMap<>()).remove(name);
            }
            for (int i = inbox.handedOut.size() - 1; i >= 0; i--) {
                inbox.waiting.addFirst(inbox.handedOut.get(i));
            }
            inbox.handedOut.clear();
        }

        @Override
        public void close() {
            synchronized (MemoryTopics.this) {
                end();
                MemoryTopics.this.notifyAll();
            }
        }
    }
}
