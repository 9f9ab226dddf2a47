package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TopicSubscription;
import dev.fairlead.spi.server.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.qpid.protonj2.client.DeliveryState;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.jspecify.annotations.Nullable;

/** The topics of one opening: what is published goes in one order, what waits together. Safe for many threads. */
final class Topics implements AutoCloseable {
    private static final int OVERHEAD = 500;

    private final Opening opening;
    private final Duration timeout;
    private final Reopened<Senders> outlet;
    private final Lane<Publication> publications;
    private final Set<ActivemqSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private record Publication(String topic, Question message, CompletableFuture<Boolean> done) {}

    Topics(Opening opening) {
        this.opening = opening;
        this.timeout = opening.broker().settings().timeout();
        this.outlet = new Reopened<>(() -> Senders.open(opening.broker(), "topics", TopicLinks::sender), timeout);
        this.publications = new Lane<>(
                opening.workers(),
                publication -> OVERHEAD + (long) publication.message().size(),
                this::publish,
                publication -> publication.done().completeExceptionally(Failures.closed()));
    }

    CompletableFuture<?> publish(String topic, Question message) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        publications.add(new Publication(topic, message, done));
        return done;
    }

    private void publish(List<Publication> batch) {
        List<Tracker> sent = new ArrayList<>();
        FairleadException failure = null;
        Senders open = null;
        try {
            open = outlet.get();
            for (Publication each : batch) {
                sent.add(open.send(TopicLinks.address(opening.broker(), each.topic()), Messages.of(each.message())));
            }
        } catch (ClientException | RuntimeException e) {
            failure = Failures.of("publishing", e);
        }
        boolean lost = failure != null;
        for (int i = 0; i < sent.size(); i++) {
            lost |= !settle(sent.get(i), batch.get(i));
        }
        for (Publication each : batch.subList(sent.size(), batch.size())) {
            each.done().completeExceptionally(failure);
        }
        if (lost && open != null) {
            outlet.drop(open);
        }
    }

    /** Whether the broker said what became of it. */
    private boolean settle(Tracker tracker, Publication publication) {
        String what = "publishing on topic " + publication.topic();
        try {
            DeliveryState state =
                    Waiting.get(tracker.settlementFuture(), timeout).remoteState();
            if (state != null && state.isAccepted()) {
                publication.done().complete(true);
            } else {
                publication
                        .done()
                        .completeExceptionally(new FairleadException(
                                ErrorCode.STORAGE_FULL, what + " failed: the broker refused it (" + state + ")"));
            }
            return true;
        } catch (ClientException e) {
            publication.done().completeExceptionally(Failures.unknown(what, e));
            return false;
        }
    }

    /** @param name of a durable subscription; null for one that ends with its connection */
    TopicSubscription subscribe(String topic, @Nullable String name) {
        ActivemqSubscription subscription = new ActivemqSubscription(this, opening.broker(), topic, name);
        subscriptions.add(subscription);
        try {
            if (closed) {
                throw Failures.closed();
            }
            subscription.open();
            return subscription;
        } catch (RuntimeException | Error e) {
            subscription.close();
            throw e;
        }
    }

    void unsubscribe(String topic, String name) {
        TopicInlet.open(opening.broker(), topic, name).unsubscribe();
    }

    void forget(ActivemqSubscription subscription) {
        subscriptions.remove(subscription);
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(subscriptions).forEach(ActivemqSubscription::close);
        publications.close();
        Senders open = outlet.end();
        if (open != null) {
            open.close();
        }
    }
}
