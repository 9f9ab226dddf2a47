package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Polling;
import java.time.Duration;
import java.util.List;

/** Takes messages of one queue; when there are none it waits for a hint, and looks by itself now and then. */
final class RedisReceiver implements QueueReceiver, Server.Member {
    private final OpenQueue queue;
    private final Duration lease;
    private final Polling polling;
    private volatile boolean closed;

    RedisReceiver(OpenQueue queue, Duration lease) {
        this.queue = queue;
        this.lease = lease;
        this.polling = queue.server().polling(queue.bell());
        queue.server().join(this);
    }

    @Override
    public List<Delivered> poll(int most, Duration wait) {
        QueueLimits.checkPoll(queue.row().name(), most);
        return polling.poll(wait, () -> take(most), messages -> !messages.isEmpty());
    }

    private List<Delivered> take(int most) {
        requireOpen();
        if (Thread.currentThread().isInterrupted()) {
            throw queue.server().workers().interrupted();
        }
        long taken = queue.server().time().nanos();
        List<Held> found = queue.take(most, lease.toNanos());
        if (closed) {
            queue.release(found);
        }
        requireOpen();
        return found.stream()
                .<Delivered>map(each -> new RedisDelivered(queue, each, taken, lease.toNanos()))
                .toList();
    }

    private void requireOpen() {
        if (closed) {
            throw queue.server().closed();
        }
        queue.server().requireOpen();
    }

    @Override
    public void close() {
        closed = true;
        queue.server().leave(this);
        polling.wake();
    }

    @Override
    public void end() {
        close();
    }
}
