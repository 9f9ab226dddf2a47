package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.OffsetSpecification;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.CompletableFuture;

/** Reads a stream up to where it ends at that moment. */
final class StreamScan implements StreamListener {
    private static final int PIECES = 4;

    private final long end;
    private final Visitor visitor;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();

    /** Is shown each message, on a thread of the connection's. */
    @FunctionalInterface
    interface Visitor {
        void visit(long offset, StreamMessage message);
    }

    private StreamScan(long end, Visitor visitor) {
        this.end = end;
        this.visitor = visitor;
    }

    /**
     * Shows all messages from the offset on.
     *
     * @return the end, behind the last message
     */
    static long read(Streams streams, String stream, long from, Visitor visitor) {
        long deadline = System.nanoTime() + streams.settings().timeout().toNanos();
        StreamConnection connection = streams.connection(null);
        long end = StreamEnds.end(connection, stream, deadline);
        if (from >= end) {
            return Math.max(from, end);
        }
        StreamScan scan = new StreamScan(end, visitor);
        byte id = connection.subscribe(stream, OffsetSpecification.offset(from), PIECES, scan);
        try {
            Answers.await("reading stream " + stream, scan.done, deadline);
            return end;
        } finally {
            connection.unsubscribe(id);
        }
    }

    @Override
    public boolean came(StreamPiece piece) {
        if (done.isDone()) {
            return false;
        }
        try {
            long offset = piece.from();
            for (StreamMessage message : piece.messages()) {
                if (offset < end) {
                    visitor.visit(offset++, message);
                }
            }
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
        if (piece.behind() >= end) {
            done.complete(true);
        }
        return true;
    }

    @Override
    public void lost(FairleadException why) {
        done.completeExceptionally(why);
    }
}
