package dev.fairlead.mechanisms.activemq;

import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.server.Workers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one opening has: its broker, its threads, and the queues that end with it. Safe for many threads. */
final class Opening implements AutoCloseable {
    private static final int THREADS = 16;

    private final Broker broker;
    private final TimeSource time;
    private final Workers workers = new Workers(ActivemqMechanism.NAME, THREADS);
    private final Administration administration;
    private final ServerLevel level;
    private final Map<String, OpenQueue> queues = new ConcurrentHashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Opening(Broker broker, TimeSource time, Administration administration, ServerLevel level) {
        this.broker = broker;
        this.time = time;
        this.administration = administration;
        this.level = level;
    }

    static Opening open(Broker broker, TimeSource time) {
        Administration administration = new Administration(broker);
        return new Opening(broker, time, administration, ServerLevel.of(administration));
    }

    ServerLevel level() {
        return level;
    }

    void checkOpen() {
        if (closing.get()) {
            throw Failures.closed();
        }
    }

    Broker broker() {
        return broker;
    }

    TimeSource time() {
        return time;
    }

    Workers workers() {
        return workers;
    }

    Administration administration() {
        checkOpen();
        return administration;
    }

    boolean isKnown(String name) {
        return queues.containsKey(name);
    }

    /** The queue, which is defined. */
    OpenQueue queue(QueueNames names) {
        OpenQueue queue = queues.computeIfAbsent(names.name(), name -> new OpenQueue(this, names));
        if (closing.get()) {
            queue.end();
            throw Failures.closed();
        }
        return queue;
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            awaitClosed();
            return;
        }
        try {
            queues.values().forEach(OpenQueue::end);
            administration.close();
        } finally {
            workers.close();
            broker.close();
            closed.countDown();
        }
    }

    private void awaitClosed() {
        boolean interrupted = false;
        while (closed.getCount() > 0) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
