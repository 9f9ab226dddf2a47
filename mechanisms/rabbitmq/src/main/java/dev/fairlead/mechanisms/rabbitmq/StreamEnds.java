package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.OffsetSpecification;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBounds;
import java.util.concurrent.CompletableFuture;

/** Where a stream begins and ends, which this protocol tells only by sending the first and the last piece. */
final class StreamEnds {
    private StreamEnds() {}

    /** The piece that was sent. */
    private static final class Piece implements StreamListener {
        private final CompletableFuture<Piece> whole = new CompletableFuture<>();
        private long first;
        private long count;
        private long left;
        private boolean onlyBeginning = true;

        @Override
        public void chunk(long offset, long messages) {
            first = offset;
            count = messages;
            left = messages;
        }

        @Override
        public void message(long offset, Message message) {
            onlyBeginning &= Records.isBeginning(message);
            left--;
            if (left == 0) {
                whole.complete(this);
            }
        }

        @Override
        public void lost(FairleadException why) {
            whole.completeExceptionally(why);
        }
    }

    static LogBounds look(StreamConnection connection, String stream, long deadline) {
        Piece first = new Piece();
        Piece last = new Piece();
        byte toFirst = connection.subscribe(stream, OffsetSpecification.first(), 1, first);
        try {
            byte toLast = connection.subscribe(stream, OffsetSpecification.last(), 1, last);
            try {
                long start = Answers.await("a look at stream " + stream, first.whole, deadline).first;
                Piece newest = Answers.await("a look at stream " + stream, last.whole, deadline);
                boolean isEmpty = newest.first == 0 && newest.onlyBeginning;
                return new LogBounds(start, start, isEmpty ? 0 : newest.first + newest.count);
            } finally {
                connection.unsubscribe(toLast);
            }
        } finally {
            connection.unsubscribe(toFirst);
        }
    }
}
