package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.input.QueueLimits;
import java.time.Duration;
import java.util.List;

/** Takes messages of one queue, and counts each hand-out before it gives the message away. */
final class EmbeddedReceiver implements QueueReceiver {
    private final Opening opening;
    private final OpenQueue queue;
    private final long lease;
    private int held;
    private volatile boolean closed;
    private volatile boolean abandoned;

    EmbeddedReceiver(Opening opening, OpenQueue queue, Duration lease) {
        this.opening = opening;
        this.queue = queue;
        this.lease = lease.toNanos();
    }

    Opening opening() {
        return opening;
    }

    boolean closed() {
        return closed;
    }

    /** It holds so many more; guarded by the queue's lock. A closed one that holds nothing need not be known any longer. */
    void holds(int more) {
        held += more;
        if (closed && held == 0) {
            opening.leave(this);
        }
    }

    /** Whether its mechanism was closed, so that nobody can settle what it holds. */
    boolean abandoned() {
        return abandoned;
    }

    @Override
    public List<Delivered> poll(int most, Duration wait) {
        QueueLimits.checkPoll(queue.name(), most);
        checkOpen();
        List<HeldMessage> taken = take(most, wait);
        checkOpen(taken);
        if (taken.isEmpty()) {
            return List.of();
        }
        try {
            HandOutRequest request = new HandOutRequest(queue, taken);
            Outcome.of(opening.store().queue(), request, request.result());
        } catch (FairleadException e) {
            queue.undo(taken);
            throw e;
        }
        List<HeldMessage> begun = queue.begin(taken, lease);
        checkOpen(begun);
        return List.copyOf(begun);
    }

    private List<HeldMessage> take(int most, Duration wait) {
        try {
            return queue.take(this, most, Nanos.of(wait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StorageFailures.interrupted();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw StorageFailures.closed();
        }
    }

    /** What was taken when the close came is given back. */
    private void checkOpen(List<HeldMessage> taken) {
        if (closed) {
            queue.undo(taken);
            throw StorageFailures.closed();
        }
    }

    @Override
    public void close() {
        closed = true;
        queue.closed(this);
    }

    /** Closes, and gives back what it holds. */
    void abandon() {
        abandoned = true;
        close();
        queue.abandon(this);
    }
}
