package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.MessageBuilder;
import com.rabbitmq.stream.OffsetSpecification;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.Uninterrupted;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A writer's way to its stream and back: it publishes under the one name of all writers, and hears what the stream took, in the order of
 * the stream. For one thread at a time, but for {@link #close}.
 */
final class ClaimLink implements StreamListener {
    /** All writers of all logs have this name, so that the server itself drops what a writer sends after a later one began. */
    static final String NAME = "fairlead";

    private static final int PIECES = 16;

    private final StreamConnection connection;
    private final String stream;
    private final LinkedBlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    private byte publisher;
    private byte subscription;

    /**
     * Something that the stream took.
     *
     * @param id under which it was published
     * @param mark its text, if it is one
     * @param lost why nothing more comes, if nothing does
     */
    record Taken(
            long offset,
            long id,
            @Nullable String mark,
            @Nullable FairleadException lost) {}

    private ClaimLink(StreamConnection connection, String stream) {
        this.connection = connection;
        this.stream = stream;
    }

    /** Hears everything from the offset on. */
    static ClaimLink open(Streams streams, String stream, long from) {
        ClaimLink link = new ClaimLink(streams.connection(stream), stream);
        link.publisher = link.connection.publisher(NAME, stream, link);
        try {
            link.subscription = link.connection.subscribe(stream, OffsetSpecification.offset(from), PIECES, link);
        } catch (FairleadException failure) {
            link.connection.removePublisher(link.publisher);
            throw failure;
        }
        return link;
    }

    /** The highest id that any writer's message in the stream has. */
    long sequence() {
        return connection.sequence(NAME, stream);
    }

    MessageBuilder messageBuilder() {
        return connection.messageBuilder();
    }

    void publish(List<Message> messages, long first) {
        connection.publishEach(publisher, messages, first);
    }

    void publishTogether(List<Message> messages, long id) {
        connection.publishTogether(publisher, messages, id);
    }

    void mark(String text, long id) {
        connection.publish(publisher, Records.mark(messageBuilder(), text, id), id);
    }

    @Override
    public boolean chunk(long first, long count) {
        return true;
    }

    @Override
    public void message(long offset, Message message) {
        long id = Records.id(message);
        if (id >= 0) {
            taken.add(new Taken(offset, id, Records.mark(message), null));
        }
    }

    @Override
    public void lost(FairleadException why) {
        taken.add(new Taken(-1, -1, null, why));
    }

    /** The next that the stream took; nothing when none came in time. */
    @Nullable
    Taken await(long deadline) {
        return Uninterrupted.call(() -> {
            try {
                return taken.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        });
    }

    void close(FairleadException why) {
        lost(why);
        connection.removePublisher(publisher);
        connection.unsubscribe(subscription);
    }
}
