package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches messages for the receivers of one queue, which take turns: the broker is asked for what one of them wants, and what it has not
 * sent by the end of the turn is taken back. So nothing is kept from other processes that nobody here has in hand.
 */
final class Intake {
    private static final long LOOK_MILLIS = 50;
    private static final long MOST_BYTES = 8L << 20;
    private static final long SMALLEST = 1024;

    private final OpenQueue queue;
    private final Reopened<Attachment> inlet;
    private final Duration timeout;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile boolean ended;
    /** About the size of the largest of the last messages: what one turn may bring depends on it. */
    private long largest = 128 * 1024;

    /** A message as it came. */
    record Received(Attachment from, Delivery delivery, Message<?> message, int attempts) {}

    Intake(OpenQueue queue, Reopened<Attachment> inlet, Duration timeout) {
        this.queue = queue;
        this.inlet = inlet;
        this.timeout = timeout;
    }

    void end() {
        ended = true;
    }

    /**
     * The next messages; none after so many nanoseconds, or when {@code over} says so. An interrupt ends the wait, and what has come by then
     * comes with the interrupt flag set.
     */
    List<Received> fetch(int most, long nanos, BooleanSupplier over) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        BooleanSupplier stop = () -> ended || over.getAsBoolean();
        if (!enter(deadline, stop)) {
            return List.of();
        }
        try {
            return fetchInTurn(most, deadline, stop);
        } finally {
            turn.unlock();
        }
    }

    private boolean enter(long deadline, BooleanSupplier stop) throws InterruptedException {
        while (!stop.getAsBoolean()) {
            long left = Math.clamp(deadline - System.nanoTime(), 0, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            if (turn.tryLock(left, TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (left == 0) {
                return false;
            }
        }
        return false;
    }

    private List<Received> fetchInTurn(int most, long deadline, BooleanSupplier stop) {
        long giveUp = 0;
        while (true) {
            Attachment open = inlet.get();
            try {
                List<Received> come = received(open, deliveries(open, most, deadline, stop));
                boolean goOn = come.isEmpty()
                        && System.nanoTime() < deadline
                        && !stop.getAsBoolean()
                        && !Thread.currentThread().isInterrupted();
                if (!goOn) {
                    return come;
                }
            } catch (ClientException e) {
                inlet.drop(open);
                FairleadException failure =
                        Failures.of("polling queue " + queue.names().name(), e);
                giveUp = giveUp == 0 ? System.nanoTime() + timeout.toNanos() : giveUp;
                if (Failures.isFinal(failure) || stop.getAsBoolean() || System.nanoTime() > giveUp) {
                    throw failure;
                }
            }
        }
    }

    private List<Delivery> deliveries(Attachment open, int most, long deadline, BooleanSupplier stop)
            throws ClientException {
        int credit = (int) Math.clamp(MOST_BYTES / largest, 1, most);
        List<Delivery> come = Links.take(open.main(), credit, timeout);
        if (!come.isEmpty() || System.nanoTime() >= deadline) {
            return come;
        }
        Links.ask(open.main(), credit);
        Wait wait = await(open.main(), deadline, stop);
        try {
            List<Delivery> all = new ArrayList<>();
            if (wait.first() != null) {
                all.add(wait.first());
            }
            all.addAll(Links.drain(open.main(), timeout));
            return all;
        } finally {
            if (wait.interrupted()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Wait(@Nullable Delivery first, boolean interrupted) {}

    /** Waits for a message, and looks now and then whether to go on; the interrupt flag is off when it returns. */
    private static Wait await(Receiver main, long deadline, BooleanSupplier stop) throws ClientException {
        while (!stop.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return new Wait(null, false);
            }
            try {
                Delivery first = main.receive(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS);
                boolean interrupted = Thread.interrupted();
                if (first != null || interrupted) {
                    return new Wait(first, interrupted);
                }
            } catch (ClientException e) {
                if (!(e.getCause() instanceof InterruptedException)) {
                    throw e;
                }
                return new Wait(null, true);
            }
        }
        return new Wait(null, false);
    }

    private List<Received> received(Attachment open, List<Delivery> deliveries) throws ClientException {
        List<Received> received = new ArrayList<>();
        long size = SMALLEST;
        for (Delivery delivery : deliveries) {
            Message<?> message = Messages.of(delivery);
            int attempts = Messages.attempts(message);
            if (message.deliveryCount() >= ArtemisLimits.REWRITTEN_AT) {
                rewrite(open, delivery, message, attempts);
            } else {
                received.add(new Received(open, delivery, message, attempts));
            }
            size = Math.max(size, Messages.question(message).size());
        }
        largest = deliveries.isEmpty() ? largest : Math.max(size, largest / 2);
        return received;
    }

    /** Brokers hide a message that was delivered too often, so that it is written anew before, at the end of the queue. */
    private void rewrite(Attachment open, Delivery delivery, Message<?> message, int attempts) throws ClientException {
        Message<?> again = Messages.copy(message).property(Messages.ATTEMPTS, attempts);
        queue.settle(open, new Step(delivery, again, Step.Place.MAIN));
    }
}
