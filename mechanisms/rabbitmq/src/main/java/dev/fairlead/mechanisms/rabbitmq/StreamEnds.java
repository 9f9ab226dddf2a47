package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.OffsetSpecification;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBounds;
import java.util.concurrent.CompletableFuture;

/**
 * Where a log begins and ends, which the protocol of 3.10 tells only by sending the first and the last piece of the stream.
 *
 * <p>The log ends behind its last record: marks behind it are no records, so a reader that has the last record is at the end.
 */
final class StreamEnds {
    private static final int MOST_STEPS = 200;

    private final StreamConnection connection;
    private final String stream;
    private final long deadline;

    private StreamEnds(StreamConnection connection, String stream, long deadline) {
        this.connection = connection;
        this.stream = stream;
        this.deadline = deadline;
    }

    /** The first piece that was sent. */
    private static final class Piece implements StreamListener {
        private final CompletableFuture<Piece> whole = new CompletableFuture<>();
        private long first;
        private long behind;
        /** Behind its last record; {@link #first} when it has none. */
        private long end;

        @Override
        public boolean chunk(long offset, long messages) {
            first = offset;
            behind = offset + messages;
            end = offset;
            return false;
        }

        @Override
        public void message(long offset, Message message) {
            if (Records.mark(message) == null) {
                end = offset + 1;
            }
            if (offset + 1 == behind) {
                whole.complete(this);
            }
        }

        @Override
        public void lost(FairleadException why) {
            whole.completeExceptionally(why);
        }
    }

    static LogBounds look(StreamConnection connection, String stream, long deadline) {
        StreamEnds ends = new StreamEnds(connection, stream, deadline);
        long start = ends.piece(OffsetSpecification.first()).first;
        Piece last = ends.piece(OffsetSpecification.last());
        if (last.end > last.first) {
            return new LogBounds(start, start, last.end);
        }
        return new LogBounds(start, start, ends.behindLastRecord(start, last.first));
    }

    /** Behind the last message of any kind. */
    static long end(StreamConnection connection, String stream, long deadline) {
        return new StreamEnds(connection, stream, deadline).piece(OffsetSpecification.last()).behind;
    }

    /** Goes back from a place below which everything is unknown, one message after the other: there are few marks in a row. */
    private long behindLastRecord(long start, long from) {
        long place = from;
        for (int step = 0; place > start && step < MOST_STEPS; step++) {
            Piece piece = piece(OffsetSpecification.offset(place - 1));
            if (piece.end == place) {
                return place;
            }
            place--;
        }
        return place;
    }

    private Piece piece(OffsetSpecification where) {
        Piece piece = new Piece();
        byte subscription = connection.subscribe(stream, where, 1, piece);
        try {
            return Answers.await("a look at stream " + stream, piece.whole, deadline);
        } finally {
            connection.unsubscribe(subscription);
        }
    }
}
