package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Polling;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes messages of one queue; when there are none it waits for a hint, and looks by itself now and then. */
final class SqlReceiver implements QueueReceiver, Opening.Member {
    private final OpenQueue queue;
    private final Duration lease;
    private final Polling polling;
    private volatile boolean closed;

    SqlReceiver(OpenQueue queue, Duration lease) {
        this.queue = queue;
        this.lease = lease;
        this.polling = queue.server().polling(BellNames.queue(queue.row().id()));
        queue.opening().join(this);
    }

    @Override
    public List<Delivered> poll(int most, Duration wait) {
        QueueLimits.checkPoll(queue.name(), most);
        return polling.poll(wait, () -> take(most), messages -> !messages.isEmpty());
    }

    private List<Delivered> take(int most) {
        requireOpen();
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted();
        }
        long taken = queue.server().time().nanos();
        List<MessageRows.Held> found = queue.handOut(most, lease.toNanos());
        if (closed) {
            Map<Long, Integer> attempts = new HashMap<>();
            found.forEach(each -> attempts.put(each.id(), each.attempt()));
            queue.release(attempts);
        }
        requireOpen();
        return found.stream()
                .<Delivered>map(each -> new SqlDelivered(queue, each, taken, lease.toNanos()))
                .toList();
    }

    private void requireOpen() {
        if (closed) {
            throw Failures.closed();
        }
        queue.opening().server();
    }

    @Override
    public void close() {
        closed = true;
        queue.opening().leave(this);
        polling.wake();
    }

    @Override
    public void end() {
        close();
    }
}
