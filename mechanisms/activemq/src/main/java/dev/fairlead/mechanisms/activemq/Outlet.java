package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import org.apache.qpid.protonj2.client.DeliveryState;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** What the senders of one queue have open at the broker. */
final class Outlet implements Reopened.Open {
    private final QueueNames names;
    private final Broker.Wire wire;
    private final Duration timeout;
    private final Sender main;
    private final Sender later;
    private final Entrance entrance;

    private Outlet(Broker broker, QueueNames names, Broker.Wire wire) throws ClientException {
        this.names = names;
        this.wire = wire;
        this.entrance = new Entrance(wire::close);
        this.timeout = broker.settings().timeout();
        Definitions.ensure(broker, wire.connection(), names);
        Session session = wire.connection().openSession();
        Waiting.get(session.openFuture(), timeout);
        this.main = Links.sender(session, names.main(), timeout);
        this.later = Links.sender(session, names.later(), timeout);
    }

    static Outlet open(Broker broker, QueueNames names) {
        Broker.Wire wire = broker.connect();
        try {
            return new Outlet(broker, names, wire);
        } catch (ClientException e) {
            wire.close();
            throw Failures.of("opening queue " + names.name(), e);
        }
    }

    /** Whether what the caller sends will be answered until it leaves: it ends when it is closed and all have left. */
    boolean enter() {
        return entrance.enter();
    }

    void leave() {
        entrance.leave();
    }

    Tracker send(Message<byte[]> message) throws ClientException {
        return message.hasProperty(Messages.DUE) ? later.send(message) : main.send(message);
    }

    /** Waits until the broker has it, from the moment on when all of its batch were sent; fails with OUTCOME_UNKNOWN when nobody can tell. */
    void awaitAccepted(Tracker tracker, long sent) {
        String what = "sending to queue " + names.name();
        DeliveryState state;
        try {
            state = Waiting.get(tracker.settlementFuture(), timeout, sent).remoteState();
        } catch (ClientException e) {
            throw Failures.unknown(what, e);
        }
        if (state == null || !state.isAccepted()) {
            throw new FairleadException(
                    ErrorCode.STORAGE_FULL,
                    what + " failed: the broker refused it (" + state + "); it is full, or its limits are too narrow");
        }
    }

    @Override
    public boolean isBroken() {
        return wire.broken().get();
    }

    @Override
    public void close() {
        entrance.close();
    }
}
