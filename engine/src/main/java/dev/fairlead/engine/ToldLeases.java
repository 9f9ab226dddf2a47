package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.documents.RequestDocument;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hands out what one item was told to those who take it themselves, with a receiver of the queue for each that waits. */
final class ToldLeases implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ToldLeases.class.getName());

    private final TellPlan plan;
    private final Queue queue;
    private final RequestContent<RequestDocument> questions;
    private final CallFormat format;
    private final TimeSource time;
    private final Set<QueueReceiver> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ToldLeases(TellPlan plan, Queue queue, RequestContent<RequestDocument> questions, TimeSource time) {
        this.plan = plan;
        this.queue = queue;
        this.questions = questions;
        this.format = new CallFormat(plan.id(), plan.envelope());
        this.time = time;
    }

    List<LeasedTell> take(int most, Duration lease, Duration wait) {
        Deadline deadline = Deadline.in(wait, time);
        try (QueueReceiver receiver = queue.receive(plan.id(), lease)) {
            waiting.add(receiver);
            try {
                return take(receiver, most, deadline);
            } finally {
                waiting.remove(receiver);
            }
        }
    }

    private List<LeasedTell> take(QueueReceiver receiver, int most, Deadline deadline) {
        while (!closed) {
            List<Delivered> delivered = receiver.poll(most, deadline.left());
            List<LeasedTell> readable = new ArrayList<>();
            delivered.forEach(each -> look(each, readable));
            if (!readable.isEmpty() || delivered.isEmpty()) {
                return readable;
            }
        }
        throw new FairleadException(ErrorCode.CLOSED, "what " + plan.id() + " is told is not handed out any more");
    }

    /** What nobody can handle, or was tried too often, becomes a dead letter. */
    private void look(Delivered delivered, List<LeasedTell> readable) {
        int attempts = plan.whenFailing().attempts();
        if (delivered.attempt() > attempts) {
            setAside(delivered, "its " + attempts + " attempts did not come to their end: the leases were over");
            return;
        }
        try {
            readable.add(new LeasedTell(plan, delivered, ToldItem.read(format, questions, delivered)));
        } catch (FairleadException e) {
            setAside(delivered, "it cannot be read: " + e.getMessage());
        }
    }

    private void setAside(Delivered delivered, String error) {
        LOG.log(System.Logger.Level.WARNING, () -> "a message of " + plan.id() + " was set aside: " + error);
        try {
            delivered.setAside(error).join();
        } catch (RuntimeException failure) { // it comes again when the lease is over
            LOG.log(System.Logger.Level.WARNING, () -> "a message of " + plan.id() + " was not set aside", failure);
        }
    }

    @Override
    public void close() {
        closed = true;
        waiting.forEach(Closing::quietly);
    }
}
