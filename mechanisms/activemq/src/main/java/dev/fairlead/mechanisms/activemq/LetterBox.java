package dev.fairlead.mechanisms.activemq;

import dev.fairlead.spi.calling.CallTransport;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** The queue of one opening into which others send it letters, as it is read on one connection; brokers make it when it is first read. */
final class LetterBox implements Reopened.Open {
    private static final int AHEAD = 200;
    private static final long LOOK_MILLIS = 200;

    private final String address;
    private final Broker.Wire wire;
    private final Receiver receiver;

    private LetterBox(Broker broker, String address, Broker.Wire wire) throws ClientException {
        this.address = address;
        this.wire = wire;
        Session session = wire.connection().openSession();
        Waiting.get(session.openFuture(), broker.settings().timeout());
        this.receiver = Links.flowing(session, address, AHEAD, broker.settings().timeout());
    }

    static LetterBox open(Broker broker, String address) {
        Broker.Wire wire = broker.connect();
        try {
            return new LetterBox(broker, address, wire);
        } catch (ClientException e) {
            wire.close();
            throw Failures.of("opening a letter box", e);
        }
    }

    /** Hands on the next letter, if one comes within a moment. */
    void read(CallTransport.Inbox inbox) {
        try {
            Delivery letter = receiver.receive(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (letter != null) {
                inbox.receive(Messages.payload(Messages.of(letter)));
            }
        } catch (ClientException e) {
            throw Failures.of("reading letter box " + address, e);
        }
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
