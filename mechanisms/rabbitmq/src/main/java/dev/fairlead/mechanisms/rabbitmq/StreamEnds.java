package dev.fairlead.mechanisms.rabbitmq;

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

    /** Waits for the first piece that is sent. */
    private static final class First implements StreamListener {
        private final CompletableFuture<StreamPiece> piece = new CompletableFuture<>();

        @Override
        public boolean came(StreamPiece first) {
            piece.complete(first);
            return false;
        }

        @Override
        public void lost(FairleadException why) {
            piece.completeExceptionally(why);
        }
    }

    static LogBounds look(StreamConnection connection, String stream, long deadline) {
        StreamEnds ends = new StreamEnds(connection, stream, deadline);
        long start = ends.piece(OffsetSpecification.first()).first();
        StreamPiece last = ends.piece(OffsetSpecification.last());
        long end = behindLastRecord(last);
        return new LogBounds(start, start, end > last.first() ? end : ends.behindLastRecord(start, last.first()));
    }

    /** Behind the last message of any kind. */
    static long end(StreamConnection connection, String stream, long deadline) {
        return new StreamEnds(connection, stream, deadline)
                .piece(OffsetSpecification.last())
                .behind();
    }

    /** Goes back from a place below which everything is unknown, one message after the other: there are few marks in a row. */
    private long behindLastRecord(long start, long from) {
        long place = from;
        for (int step = 0; place > start && step < MOST_STEPS; step++) {
            if (behindLastRecord(piece(OffsetSpecification.offset(place - 1))) == place) {
                return place;
            }
            place--;
        }
        return place;
    }

    /** Behind the last record of the piece; where it begins when it has none. */
    private static long behindLastRecord(StreamPiece piece) {
        for (int each = piece.messages().size() - 1; each >= 0; each--) {
            if (piece.messages().get(each).mark() == null) {
                return piece.from() + each + 1;
            }
        }
        return piece.first();
    }

    private StreamPiece piece(OffsetSpecification where) {
        First first = new First();
        byte subscription = connection.subscribe(stream, where, 1, first);
        try {
            return Answers.await("a look at stream " + stream, first.piece, deadline);
        } finally {
            connection.unsubscribe(subscription);
        }
    }
}
