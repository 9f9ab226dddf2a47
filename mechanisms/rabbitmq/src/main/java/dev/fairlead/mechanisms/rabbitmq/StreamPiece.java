package dev.fairlead.mechanisms.rabbitmq;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream sends at once: messages in a row. The first ones are left out when reading was to begin behind them.
 *
 * @param first the offset with which the piece begins in the stream
 * @param from the offset of the first message that is here
 */
record StreamPiece(long first, long from, List<StreamMessage> messages) {
    /** The offset behind the last message. */
    long behind() {
        return from + messages.size();
    }

    /** A piece of which not all has come yet. For one thread. */
    static final class Arriving {
        private final long first;
        private final long behind;
        private final List<StreamMessage> messages;

        Arriving(long first, long count) {
            this.first = first;
            this.behind = first + count;
            this.messages = new ArrayList<>((int) Math.min(count, 1 << 16));
        }

        /** The piece, if this is its last message. */
        @Nullable
        StreamPiece add(long offset, StreamMessage message) {
            messages.add(message);
            return offset + 1 < behind ? null : piece();
        }

        private StreamPiece piece() {
            return new StreamPiece(first, behind - messages.size(), messages);
        }
    }
}
