package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Takes what the server sends to one consumer that wants so many messages. The caller waits on a thread of its own. */
final class Asking extends DefaultConsumer {
    private final int most;
    private final long quiet;
    private final List<Taken> taken = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isEnded;
    private boolean isStopped;

    /** @param quiet for how many nanoseconds nothing may come when something has */
    Asking(Channel channel, int most, long quiet) {
        super(channel);
        this.most = most;
        this.quiet = quiet;
    }

    /** The caller is woken by the first and by the last; a signal for each would cost as much as the message. */
    @Override
    public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        lock.lock();
        try {
            taken.add(new Taken(envelope.getDeliveryTag(), properties, body));
            if (taken.size() == 1 || taken.size() == most) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void handleCancelOk(String tag) {
        end();
    }

    @Override
    public void handleCancel(String tag) {
        end();
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
        end();
    }

    private void end() {
        lock.lock();
        try {
            isEnded = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The caller waits no longer. */
    void stop() {
        lock.lock();
        try {
            isStopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long for a first one, and for more as long as some come; less when all are there, or it was stopped or has ended. */
    void await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (taken.isEmpty() && !isEnded && !isStopped && left > 0) {
                left = changed.awaitNanos(left);
            }
            for (int seen = 0; taken.size() > seen && taken.size() < most; ) {
                seen = taken.size();
                left = Math.min(nanos, quiet);
                while (taken.size() < most && !isEnded && !isStopped && left > 0) {
                    left = changed.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the server has cancelled it. */
    void awaitEnd(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!isEnded && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it gets nothing more because it was cancelled. */
    boolean isEnded() {
        lock.lock();
        try {
            return isEnded;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all that it may have came. */
    boolean isFull() {
        return taken().size() >= most;
    }

    /** What came, in order. */
    List<Taken> taken() {
        lock.lock();
        try {
            return List.copyOf(taken);
        } finally {
            lock.unlock();
        }
    }
}
