package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.FairleadException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Publishes to one stream and waits for the server's word. For one thread at a time. */
final class ConfirmedPublisher implements StreamListener, AutoCloseable {
    private final Streams streams;
    private final StreamConnection connection;
    private final String stream;
    private final Map<Long, CompletableFuture<Long>> waiting = new ConcurrentHashMap<>();
    private byte publisher;
    private volatile boolean lost;

    private ConfirmedPublisher(Streams streams, StreamConnection connection, String stream) {
        this.streams = streams;
        this.connection = connection;
        this.stream = stream;
    }

    /**
     * Opens one.
     *
     * @param name under which the server remembers the highest id; empty when it need not
     */
    static ConfirmedPublisher open(Streams streams, String stream, String name) {
        ConfirmedPublisher made = new ConfirmedPublisher(streams, streams.connection(stream), stream);
        made.publisher = made.connection.publisher(name, stream, made);
        return made;
    }

    /** Writes a mark; one whose id is not higher than all before leaves nothing. */
    void mark(String text, long id) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        waiting.put(id, done);
        try {
            connection.publish(publisher, Records.mark(connection.messageBuilder(), text, id), id);
            Answers.await(
                    "writing stream " + stream,
                    done,
                    System.nanoTime() + streams.settings().timeout().toNanos());
        } finally {
            waiting.remove(id);
        }
    }

    @Override
    public void confirmed(long id) {
        CompletableFuture<Long> done = waiting.get(id);
        if (done != null) {
            done.complete(id);
        }
    }

    @Override
    public void lost(FairleadException why) {
        lost = true;
        waiting.values().forEach(each -> each.completeExceptionally(why));
    }

    boolean isLost() {
        return lost;
    }

    @Override
    public void close() {
        connection.removePublisher(publisher);
    }
}
