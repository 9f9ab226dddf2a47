package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.DeliveryState;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * What the receivers of one queue have open at the broker: one session, so that what is taken out and what is sent for it go into one
 * transaction. When it breaks, the broker hands out again all that was delivered to it and not taken out.
 */
final class Attachment implements Reopened.Open {
    private final Broker broker;
    private final QueueNames names;
    private final Broker.Wire wire;
    private final Session session;
    private final Receiver later;
    private final Map<Step.Place, Sender> senders = new EnumMap<>(Step.Place.class);
    private final ConcurrentSkipListMap<Long, Held> held = new ConcurrentSkipListMap<>();
    private final AtomicLong count = new AtomicLong();
    private Pull pull;

    private record Held(Delivery delivery, Pull from) {}

    private Attachment(Broker broker, QueueNames names, Broker.Wire wire) throws ClientException {
        Duration timeout = broker.settings().timeout();
        this.broker = broker;
        this.names = names;
        this.wire = wire;
        Definitions.ensure(broker, wire.connection(), names);
        this.session = wire.connection().openSession();
        Waiting.get(session.openFuture(), timeout);
        this.pull = Pull.open(session, names.main(), broker);
        this.later = Links.receiver(session, names.later(), timeout);
        senders.put(Step.Place.MAIN, Links.sender(session, names.main(), timeout));
        senders.put(Step.Place.LATER, Links.sender(session, names.later(), timeout));
        senders.put(Step.Place.DEAD, Links.sender(session, names.dead(), timeout));
    }

    static Attachment open(Broker broker, QueueNames names) {
        Broker.Wire wire = broker.connect();
        try {
            return new Attachment(broker, names, wire);
        } catch (ClientException e) {
            wire.close();
            throw Failures.of("opening queue " + names.name(), e);
        }
    }

    @Override
    public boolean isBroken() {
        return wire.broken().get();
    }

    /** The link for the next messages. For one thread at a time. */
    Pull pull() throws ClientException {
        if (pull.isSpent()) {
            pull = Pull.open(session, names.main(), broker);
        }
        return pull;
    }

    Receiver later() {
        return later;
    }

    /** Notes that it is here, until {@link #letGo}. */
    long hold(Delivery delivery, Pull from) {
        long number = count.incrementAndGet();
        held.put(number, new Held(delivery, from));
        return number;
    }

    void letGo(long number) {
        Held over = held.remove(number);
        if (over != null) {
            over.from().letGo();
        }
    }

    /** How many messages are here. */
    int held() {
        return held.size();
    }

    /** Does all or nothing; fails with OUTCOME_UNKNOWN when nobody can tell. After a failure it is of no more use. For one thread at a time. */
    void commit(List<Step> steps) {
        String what = "settling messages of queue " + names.name();
        boolean asked = false;
        try {
            session.beginTransaction();
            List<Tracker> sent = new ArrayList<>();
            for (Step step : steps) {
                step.done().disposition(DeliveryState.accepted(), true);
                if (step.again() != null) {
                    sent.add(send(step.place(), step.again()));
                }
            }
            asked = true;
            session.commitTransaction();
            if (!sent.stream().allMatch(Tracker::remoteSettled)) {
                throw new FairleadException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        what + " was committed before the broker had all that belongs to it");
            }
        } catch (ClientException e) {
            // The client says "rolled back" too when the connection broke before the answer, so that it tells nothing.
            throw asked ? Failures.unknown(what, e) : Failures.of(what, e);
        }
    }

    @SuppressWarnings("unchecked")
    private Tracker send(Step.Place place, Message<?> message) throws ClientException {
        return Objects.requireNonNull(senders.get(place)).send((Message<Object>) message);
    }

    @Override
    public void close() {
        wire.close();
    }

    /** Gives back what is held, each as handed out once more, and ends. */
    void end() {
        Duration timeout = broker.settings().timeout();
        try {
            if (!isBroken()) {
                if (broker.product() == Broker.Product.ARTEMIS) {
                    countHeld();
                }
                Waiting.get(session.closeAsync(), timeout);
                Waiting.get(wire.connection().closeAsync(), timeout);
            }
        } catch (ClientException e) {
            System.getLogger(Attachment.class.getName())
                    .log(System.Logger.Level.DEBUG, "the broker had gone before queue {0} was closed", names.name());
        }
        close();
    }

    /** Artemis counts no delivery that ends with an orderly close; ActiveMQ Classic counts each. */
    private void countHeld() throws ClientException {
        for (Held each : held.descendingMap().values()) {
            each.delivery().modified(true, false);
        }
    }
}
