package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.spi.server.Members;

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
    private final Members members = new Members(Failures::closed);

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
        members.checkOpen();
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

    void join(Members.Member member) {
        members.join(member);
    }

    void leave(Members.Member member) {
        members.leave(member);
    }

    @Override
    public void close() {
        members.close(() -> {
            settler.close();
            broker.close();
            streams.close();
        });
    }
}
