package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Bells;
import dev.fairlead.spi.server.Nanos;
import dev.fairlead.spi.server.Pauses;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes messages of one queue; when there are none it waits for a hint, and looks by itself now and then. */
final class SqlReceiver implements QueueReceiver, Opening.Member {
    private final OpenQueue queue;
    private final Duration lease;
    private final Bells.Bell bell;
    private final Pauses pauses;
    private volatile boolean closed;

    SqlReceiver(OpenQueue queue, Duration lease) {
        this.queue = queue;
        this.lease = lease;
        this.bell = queue.server().bells().of(BellNames.queue(queue.row().id()));
        this.pauses = queue.server().pauses();
        queue.opening().join(this);
    }

    @Override
    public List<Delivered> poll(int most, Duration wait) {
        QueueLimits.checkPoll(queue.name(), most);
        long begin = System.nanoTime();
        long nanos = Nanos.of(wait);
        while (true) {
            long heard = bell.rings();
            List<Delivered> messages = take(most);
            if (!messages.isEmpty()) {
                pauses.changed();
                return messages;
            }
            long left = nanos - (System.nanoTime() - begin);
            if (left <= 0) {
                return messages;
            }
            await(heard, Math.min(left, pauses.next()));
        }
    }

    private void await(long heard, long nanos) {
        try {
            bell.await(heard, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        }
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
        bell.ring();
    }

    @Override
    public void end() {
        close();
    }
}
