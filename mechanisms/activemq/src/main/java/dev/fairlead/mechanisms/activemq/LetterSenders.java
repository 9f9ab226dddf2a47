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

/** The ways to other openings' letter boxes, on one connection; those used last stay open. For one thread at a time. */
final class LetterSenders implements Reopened.Open {
    private static final int MOST = 256;

    private final Broker.Wire wire;
    private final Session session;
    private final Duration timeout;
    private final Map<String, Sender> senders = new LinkedHashMap<>(16, 0.75f, true);

    private LetterSenders(Broker broker, Broker.Wire wire) throws ClientException {
        this.wire = wire;
        this.timeout = broker.settings().timeout();
        this.session = wire.connection().openSession();
        Waiting.get(session.openFuture(), timeout);
    }

    static LetterSenders open(Broker broker) {
        Broker.Wire wire = broker.connect();
        try {
            return new LetterSenders(broker, wire);
        } catch (ClientException e) {
            wire.close();
            throw Failures.of("opening the way to letter boxes", e);
        }
    }

    /** The way to a letter box; when it fails, nothing was sent there. */
    Sender to(String address) throws ClientException {
        Sender known = senders.get(address);
        if (known != null) {
            return known;
        }
        Sender sender = Links.sender(session, address, timeout);
        senders.put(address, sender);
        if (senders.size() > MOST) {
            Iterator<Sender> oldest = senders.values().iterator();
            oldest.next().closeAsync();
            oldest.remove();
        }
        return sender;
    }

    /** A letter that the broker throws away after a while. */
    static Message<byte[]> letter(byte[] bytes, Duration keep) throws ClientException {
        return Message.create(bytes).durable(false).timeToLive(Math.max(1, keep.toMillis()));
    }

    Tracker send(String address, byte[] bytes, Duration keep) throws ClientException {
        return to(address).send(letter(bytes, keep));
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
