package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.server.Members;

/** What one opening has: its brokers, and the readers and writers that end with it. Safe for many threads. */
final class Opening implements AutoCloseable {
    private final Cluster cluster;
    private final Topics topics;
    private final Claims claims;
    private final Beats beats;
    private final Positions positions;
    private final QueueWriter queueWriter;
    private final Members members = new Members(Failures::closed);

    Opening(Cluster cluster, ServerLevel level) {
        this.cluster = cluster;
        this.topics = new Topics(cluster, level);
        this.claims = new Claims(cluster, topics);
        this.beats = new Beats(cluster, topics);
        this.positions = new Positions(cluster);
        this.queueWriter = new QueueWriter(cluster);
    }

    void checkOpen() {
        members.checkOpen();
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

    void join(Members.Member member) {
        members.join(member);
    }

    void leave(Members.Member member) {
        members.leave(member);
    }

    @Override
    public void close() {
        members.close(() -> {
            try {
                queueWriter.close();
                beats.close();
                claims.close();
            } finally {
                cluster.close();
            }
        });
    }
}
