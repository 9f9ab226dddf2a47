package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.spi.server.Uninterrupted;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one opening has: its connections, and the readers and writers that end with it. Safe for many threads. */
final class Opening implements AutoCloseable {
    private final Streams streams;
    private final Broker broker;
    private final Beats beats;
    private final Positions positions;
    private final Sender sender;
    private final Settler settler;
    private final Holdings holdings;
    private final Lasting firstStream;
    private final Set<Member> members = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What ends with its opening. */
    interface Member {
        void end();
    }

    Opening(RabbitSettings settings) {
        this.streams = new Streams(settings);
        this.broker = new Broker(settings);
        this.beats = new Beats(broker, settings.prefix());
        this.positions = new Positions(streams);
        this.sender = new Sender(broker, settings);
        this.settler = new Settler(broker, sender, settings);
        this.holdings = new Holdings(broker, settings.prefix());
        this.firstStream = lasting(streams.catalog().stream());
    }

    void checkOpen() {
        if (closing.get()) {
            throw Failures.closed();
        }
    }

    Streams streams() {
        checkOpen();
        return streams;
    }

    Broker broker() {
        checkOpen();
        return broker;
    }

    Beats beats() {
        checkOpen();
        return beats;
    }

    /** For what ends after the opening has begun to close. */
    Beats beatsToEnd() {
        return beats;
    }

    Positions positions() {
        checkOpen();
        return positions;
    }

    Sender sender() {
        return sender;
    }

    Settler settler() {
        return settler;
    }

    Holdings holdings() {
        return holdings;
    }

    /** Whether what is made under the name lasts. */
    Lasting lasting(String name) {
        return new Lasting(broker, settler, streams.settings(), name);
    }

    /** Whether the server's list of streams lasts. */
    Lasting firstStream() {
        checkOpen();
        return firstStream;
    }

    void join(Member member) {
        members.add(member);
        if (closing.get()) {
            member.end();
            throw Failures.closed();
        }
    }

    void leave(Member member) {
        members.remove(member);
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            Uninterrupted.call(this::awaitClosed);
            return;
        }
        try {
            members.forEach(Member::end);
        } finally {
            settler.close();
            broker.close();
            streams.close();
            closed.countDown();
        }
    }

    private boolean awaitClosed() {
        try {
            closed.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
