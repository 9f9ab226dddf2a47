package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.server.Uninterrupted;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one opening has: its brokers, and the readers and writers that end with it. Safe for many threads. */
final class Opening implements AutoCloseable {
    private final Cluster cluster;
    private final Topics topics;
    private final Claims claims;
    private final Beats beats;
    private final Positions positions;
    private final QueueWriter queueWriter;
    private final Set<Member> members = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What ends with its opening. */
    interface Member {
        void end();
    }

    Opening(Cluster cluster, ServerLevel level) {
        this.cluster = cluster;
        this.topics = new Topics(cluster, level);
        this.claims = new Claims(cluster, topics);
        this.beats = new Beats(cluster, topics);
        this.positions = new Positions(cluster);
        this.queueWriter = new QueueWriter(cluster);
    }

    void checkOpen() {
        if (closing.get()) {
            throw Failures.closed();
        }
    }

    Cluster cluster() {
        checkOpen();
        return cluster;
    }

    Topics topics() {
        checkOpen();
        return topics;
    }

    Claims claims() {
        checkOpen();
        return claims;
    }

    Beats beats() {
        checkOpen();
        return beats;
    }

    QueueWriter queueWriter() {
        checkOpen();
        return queueWriter;
    }

    /** The settings, also of one that is closed. */
    KafkaSettings settings() {
        return cluster.settings();
    }

    Positions positions() {
        checkOpen();
        return positions;
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
            awaitClosed();
            return;
        }
        try {
            members.forEach(Member::end);
            queueWriter.close();
            beats.close();
            claims.close();
        } finally {
            cluster.close();
            closed.countDown();
        }
    }

    private void awaitClosed() {
        Uninterrupted.run(() -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
