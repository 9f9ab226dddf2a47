package dev.fairlead.mechanisms.activemq;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.apache.qpid.protonj2.client.exceptions.ClientOperationTimedOutException;
import org.jspecify.annotations.Nullable;

/**
 * A link through which messages are fetched. It is drained once at most, and closed when all that came through it is settled: a broker that is
 * asked to drain a link again may still be at the end of the first time, and then takes the second for it, or does not answer.
 */
final class Pull {
    private static final System.Logger LOGGER = System.getLogger(Pull.class.getName());
    private static final long LOOK_MILLIS = 50;
    /** A drain takes milliseconds; ActiveMQ Classic forgets some when messages come in at that moment. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(2);

    private final Receiver receiver;
    private final Duration drainTime;
    private final Broker.Grace grace;
    private int held;
    private boolean drained;

    /**
     * What came.
     *
     * @param waited how long after it was asked for the first came
     * @param took how long after that the last came, or was given up
     */
    record Come(List<Delivery> deliveries, Duration waited, Duration took) {}

    private Pull(Receiver receiver, Duration timeout, Broker.Grace grace) {
        this.receiver = receiver;
        this.drainTime = timeout.compareTo(LONGEST_DRAIN) < 0 ? timeout : LONGEST_DRAIN;
        this.grace = grace;
    }

    static Pull open(Session session, String queue, Broker broker) throws ClientException {
        Duration timeout = broker.settings().timeout();
        return new Pull(
                Links.receiver(session, queue, timeout),
                timeout,
                broker.product().grace());
    }

    /** Whether it gives no more messages. */
    synchronized boolean isSpent() {
        return drained;
    }

    /** Notes that a message was settled. */
    synchronized void letGo() {
        held--;
        closeWhenDone();
    }

    private void closeWhenDone() {
        if (drained && held == 0) {
            receiver.closeAsync(); // What the broker has sent since goes back to it.
        }
    }

    /**
     * Messages as soon as there are any, up to so many, each of which is held then; none when the deadline is over, {@code stop} says so, or the
     * thread is interrupted, whose flag stays set. For one thread at a time.
     */
    Come take(int most, long deadline, BooleanSupplier stop) throws ClientException {
        long asked = System.nanoTime();
        Links.ask(receiver, most);
        List<Delivery> come = new ArrayList<>();
        long graceOver = System.nanoTime() + grace.first().toNanos();
        Delivery next = await(deadline - graceOver > 0 ? deadline : graceOver, stop);
        long first = System.nanoTime();
        while (next != null) {
            come.add(next);
            next = come.size() < most ? Links.next(receiver, grace.millis(System.nanoTime() - first)) : null;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - first);
        boolean last = come.size() < most;
        if (last) {
            come.addAll(drain());
        }
        synchronized (this) { // Those that came before may be settled now, and must not close it.
            held += come.size();
            drained = last;
            closeWhenDone();
        }
        return new Come(come, Duration.ofNanos(first - asked), took);
    }

    private @Nullable Delivery await(long deadline, BooleanSupplier stop) throws ClientException {
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            Delivery next = Links.next(receiver, Math.min(left, LOOK_MILLIS));
            if (next != null
                    || left <= 0
                    || stop.getAsBoolean()
                    || Thread.currentThread().isInterrupted()) {
                return next;
            }
        }
    }

    /** Takes back what credit is left, and what has come by then. */
    private List<Delivery> drain() throws ClientException {
        try {
            return Links.drain(receiver, drainTime);
        } catch (ClientOperationTimedOutException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "a link was not drained in time, and is given up", e);
            return Links.arrived(receiver);
        }
    }
}
