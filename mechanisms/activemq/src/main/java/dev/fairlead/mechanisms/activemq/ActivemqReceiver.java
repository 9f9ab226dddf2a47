package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** Takes messages of one queue, in turn with the others of its opening. */
final class ActivemqReceiver implements QueueReceiver {
    private final OpenQueue queue;
    private final Duration lease;
    private volatile boolean closed;

    ActivemqReceiver(OpenQueue queue, Duration lease) {
        this.queue = queue;
        this.lease = lease;
    }

    @Override
    public List<Delivered> poll(int most, Duration wait) {
        QueueLimits.checkPoll(queue.names().name(), most);
        requireOpen();
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted();
        }
        try {
            List<Delivered> come = delivered(queue.intake().fetch(most, Nanos.of(wait), () -> closed));
            boolean interrupted = Thread.currentThread().isInterrupted();
            if (closed || interrupted) {
                come.forEach(Delivered::handBack);
            }
            requireOpen();
            if (interrupted) {
                throw Failures.interrupted();
            }
            return come;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        } catch (FairleadException | RejectedExecutionException failure) {
            requireOpen(); // A close from another thread may end it in any way, and with it the client's threads.
            throw failure;
        }
    }

    private List<Delivered> delivered(List<Intake.Received> received) {
        List<Delivered> delivered = new ArrayList<>();
        for (Intake.Received each : received) {
            delivered.add(ActivemqDelivered.of(queue, each, lease));
        }
        return delivered;
    }

    private void requireOpen() {
        queue.opening().checkOpen();
        if (closed) {
            throw Failures.closed();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
