package dev.fairlead.mechanisms.activemq;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** The ways to letter boxes or to topics, on one connection; those used last stay open. For one thread at a time. */
final class Senders implements Reopened.Open {
    private static final int MOST = 256;

    private final Broker.Wire wire;
    private final Session session;
    private final Way way;
    private final Duration timeout;
    private final Map<String, Sender> senders = new LinkedHashMap<>(16, 0.75f, true);

    /** Makes the sender to an address. */
    @FunctionalInterface
    interface Way {
        Sender open(Session session, String address, Duration timeout) throws ClientException;
    }

    private Senders(Broker broker, Broker.Wire wire, Way way) throws ClientException {
        this.wire = wire;
        this.way = way;
        this.timeout = broker.settings().timeout();
        this.session = wire.connection().openSession();
        Waiting.get(session.openFuture(), timeout);
    }

    /** @param where what is sent to, for the message of a failure */
    static Senders open(Broker broker, String where, Way way) {
        Broker.Wire wire = broker.connect();
        try {
            return new Senders(broker, wire, way);
        } catch (ClientException e) {
            wire.close();
            throw Failures.of("opening the way to " + where, e);
        }
    }

    /** When it fails in opening the way, nothing was sent. */
    Tracker send(String address, Message<?> message) throws ClientException {
        Sender known = senders.get(address);
        return (known == null ? add(address) : known).send(message);
    }

    private Sender add(String address) throws ClientException {
        Sender sender = way.open(session, address, timeout);
        senders.put(address, sender);
        if (senders.size() > MOST) {
            Iterator<Sender> oldest = senders.values().iterator();
            oldest.next().closeAsync();
            oldest.remove();
        }
        return sender;
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
