package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Bells;
import dev.fairlead.spi.server.Nanos;
import dev.fairlead.spi.server.Pauses;
import java.time.Duration;
import java.util.List;

/** Takes messages of one queue; when there are none it waits for a hint, and looks by itself now and then. */
final class RedisReceiver implements QueueReceiver, Server.Member {
    private final OpenQueue queue;
    private final Duration lease;
    private final Bells.Bell bell;
    private final Pauses pauses;
    private volatile boolean closed;

    RedisReceiver(OpenQueue queue, Duration lease) {
        this.queue = queue;
        this.lease = lease;
        this.bell = queue.server().bells().of(queue.bell());
        this.pauses = queue.server().pauses();
        queue.server().join(this);
    }

    @Override
    public List<Delivered> poll(int most, Duration wait) {
        QueueLimits.checkPoll(queue.row().name(), most);
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
            throw queue.server().workers().interrupted();
        }
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
        bell.ring();
    }

    @Override
    public void end() {
        close();
    }
}
