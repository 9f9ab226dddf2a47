package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

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

    private final Window window = new Window();

    /** A message as it came, and its number among those that are held. */
    record Received(
            Attachment from, long number, Delivery delivery, Message<?> message, Question question, int attempts) {}

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
                List<Received> come = fetch(open, most, deadline, stop);
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

    private List<Received> fetch(Attachment open, int most, long deadline, BooleanSupplier stop)
            throws ClientException {
        Pull pull = open.pull();
        int credit = (int) Math.clamp(Math.min(window.size(), MOST_BYTES / largest), 1, most);
        Pull.Come come = pull.take(credit, deadline, stop);
        window.note(credit, come.deliveries().size(), come.waited(), come.took());
        return received(open, pull, come.deliveries());
    }

    private List<Received> received(Attachment open, Pull pull, List<Delivery> deliveries) throws ClientException {
        List<Received> received = new ArrayList<>();
        long size = SMALLEST;
        for (Delivery delivery : deliveries) {
            long number = open.hold(delivery, pull);
            Message<?> message = Messages.of(delivery);
            int attempts = Messages.attempts(message);
            Question question = Messages.question(message);
            if (message.deliveryCount() >= ArtemisLimits.REWRITTEN_AT) {
                rewrite(open, number, delivery, message, attempts);
            } else {
                received.add(new Received(open, number, delivery, message, question, attempts));
            }
            size = Math.max(size, question.size());
        }
        largest = deliveries.isEmpty() ? largest : Math.max(size, largest / 2);
        return received;
    }

    /** Brokers hide a message that was delivered too often, so that it is written anew before, at the end of the queue. */
    private void rewrite(Attachment open, long number, Delivery delivery, Message<?> message, int attempts)
            throws ClientException {
        Message<?> again = Messages.copy(message).property(Messages.ATTEMPTS, attempts);
        queue.settle(open, new Step(delivery, again, Step.Place.MAIN)).thenRun(() -> open.letGo(number));
    }
}
