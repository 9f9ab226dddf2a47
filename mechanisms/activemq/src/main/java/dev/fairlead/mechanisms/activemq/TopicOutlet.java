package dev.fairlead.mechanisms.activemq;

import dev.fairlead.spi.Question;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** What an opening has open at the broker to publish. For one thread at a time. */
final class TopicOutlet implements Reopened.Open {
    private final Broker broker;
    private final Broker.Wire wire;
    private final Session session;
    private final Duration timeout;
    private final Map<String, Sender> senders = new HashMap<>();

    private TopicOutlet(Broker broker, Broker.Wire wire) throws ClientException {
        this.broker = broker;
        this.wire = wire;
        this.timeout = broker.settings().timeout();
        this.session = wire.connection().openSession();
        Waiting.get(session.openFuture(), timeout);
    }

    static TopicOutlet open(Broker broker) {
        Broker.Wire wire = broker.connect();
        try {
            return new TopicOutlet(broker, wire);
        } catch (ClientException e) {
            wire.close();
            throw Failures.of("opening the way to topics", e);
        }
    }

    Tracker publish(String topic, Question message) throws ClientException {
        Sender sender = senders.get(topic);
        if (sender == null) {
            sender = TopicLinks.sender(session, TopicLinks.address(broker, topic), timeout);
            senders.put(topic, sender);
        }
        return sender.send(Messages.of(message));
    }

    @Override
    public boolean isBroken() {
        return wire.broken().get();
    }

    @Override
    public void close() {
        wire.close();
    }
}
