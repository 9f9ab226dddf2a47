package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.OffsetSpecification;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.Uninterrupted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
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
    private final LinkedBlockingQueue<List<Taken>> taken = new LinkedBlockingQueue<>();
    private Iterator<Taken> more = Collections.emptyIterator();
    private byte publisher;
    private byte subscription;

    /**
     * Something that the stream took: the first record of an append, or a mark.
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

    void publish(List<Message> messages, long first) {
        connection.publishEach(publisher, messages, first);
    }

    void publishTogether(List<List<Message>> groups, long first) {
        connection.publishTogether(publisher, groups, first);
    }

    void mark(String text, long id) {
        connection.publish(publisher, Records.mark(connection.messageBuilder(), text, id), id);
    }

    @Override
    public boolean came(StreamPiece piece) {
        List<Taken> ours = new ArrayList<>();
        long offset = piece.from();
        long latest = -1;
        for (StreamMessage message : piece.messages()) {
            long id = message.id();
            if (id >= 0 && id != latest) {
                ours.add(new Taken(offset, id, message.mark(), null));
                latest = id;
            }
            offset++;
        }
        if (!ours.isEmpty()) {
            taken.add(ours);
        }
        return true;
    }

    @Override
    public void lost(FairleadException why) {
        taken.add(List.of(new Taken(-1, -1, null, why)));
    }

    /** Whether something was taken that is not known yet. */
    boolean hasMore() {
        return more.hasNext() || !taken.isEmpty();
    }

    /** The next that the stream took; nothing when none came in time. */
    @Nullable
    Taken await(long deadline) {
        if (!more.hasNext()) {
            more = poll(Math.max(0, deadline - System.nanoTime())).iterator();
        }
        return more.hasNext() ? more.next() : null;
    }

    private List<Taken> poll(long nanos) {
        return Uninterrupted.call(() -> {
            try {
                List<Taken> next = taken.poll(nanos, TimeUnit.NANOSECONDS);
                return next == null ? List.of() : next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            }
        });
    }

    void close(FairleadException why) {
        lost(why);
        connection.removePublisher(publisher);
        connection.unsubscribe(subscription);
    }
}
