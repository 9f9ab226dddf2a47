package dev.fairlead.mechanisms.activemq;

import dev.fairlead.spi.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.ClientOptions;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.jspecify.annotations.Nullable;

/** What one subscription has open at the broker: a connection of its own, since brokers know a durable one by its connection's name. */
final class TopicInlet implements Reopened.Open {
    private static final long LOOK_MILLIS = 50;

    private final Broker broker;
    private final String topic;
    private final Client client;
    private final Broker.Wire wire;
    private final Receiver receiver;
    private final boolean durable;
    /** What a durable subscriber is not known to be done with. */
    private final List<Delivery> handedOut = new ArrayList<>();

    private TopicInlet(Broker broker, String topic, @Nullable String name, Client client, Broker.Wire wire)
            throws ClientException {
        Duration timeout = broker.settings().timeout();
        this.broker = broker;
        this.topic = topic;
        this.client = client;
        this.wire = wire;
        this.durable = name != null;
        Session session = wire.connection().openSession();
        Waiting.get(session.openFuture(), timeout);
        String address = TopicLinks.address(broker, topic);
        this.receiver = name == null
                ? TopicLinks.passing(session, address, timeout)
                : TopicLinks.durable(session, address, name, timeout);
    }

    /** @param name of a durable subscription; null for one that ends with its connection */
    static TopicInlet open(Broker broker, String topic, @Nullable String name) {
        ClientOptions options = new ClientOptions();
        if (name != null) {
            options.id(QueueNames.topic(broker.settings().prefix(), topic) + "." + name);
        }
        Client client = Client.create(options);
        try {
            Broker.Wire wire = broker.connect(client);
            try {
                return new TopicInlet(broker, topic, name, client, wire);
            } catch (ClientException e) {
                wire.close();
                throw Failures.of("subscribing to topic " + topic, e);
            }
        } catch (RuntimeException | Error e) {
            client.closeAsync();
            throw e;
        }
    }

    /** Takes note that the subscriber is done with what it got, and brings more; none when {@code over} says so. */
    List<Question> poll(int most, long deadline, BooleanSupplier over) throws ClientException {
        for (Delivery done : handedOut) {
            done.accept();
        }
        handedOut.clear();
        List<Question> come = new ArrayList<>();
        Delivery next = first(deadline, over);
        while (next != null) {
            come.add(Messages.question(Messages.of(next)));
            if (durable) {
                handedOut.add(next);
            }
            next = come.size() < most ? receiver.tryReceive() : null;
        }
        return come;
    }

    private @Nullable Delivery first(long deadline, BooleanSupplier over) throws ClientException {
        Delivery first = receiver.tryReceive();
        while (first == null && !over.getAsBoolean() && !isBroken()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return null;
            }
            first = receiver.receive(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS);
        }
        return first;
    }

    /** Ends a durable subscription for good. */
    void unsubscribe() {
        try {
            Waiting.get(receiver.closeAsync(), broker.settings().timeout());
        } catch (ClientException e) {
            throw Failures.of("ending a subscription of topic " + topic, e);
        } finally {
            close();
        }
    }

    @Override
    public boolean isBroken() {
        return wire.broken().get();
    }

    /** Waits for the broker, so that it lets the next one in. */
    @Override
    public void close() {
        try {
            if (!isBroken()) {
                Waiting.get(wire.connection().closeAsync(), broker.settings().timeout());
            }
        } catch (ClientException e) {
            System.getLogger(TopicInlet.class.getName())
                    .log(System.Logger.Level.DEBUG, "the broker had gone before topic {0} was closed", topic);
        }
        wire.close();
        client.closeAsync();
    }
}
