package dev.fairlead.engine;

import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Told;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import java.time.Duration;
import java.util.UUID;

/** What was told, read. */
record ToldItem<Q>(UUID key, int attempt, Origin origin, Q question) {
    /** Reads a message; fails with BAD_VALUE when it is not as it was told, or does not fit the item. */
    static <Q> ToldItem<Q> read(CallFormat format, RequestContent<Q> questions, Question message, int attempt) {
        CallHeader header = format.unpack(message);
        return new ToldItem<>(header.key(), attempt, header.origin(), questions.decode(message.payload()));
    }

    static <Q> ToldItem<Q> read(CallFormat format, RequestContent<Q> questions, Delivered delivered) {
        return read(format, questions, delivered.message(), delivered.attempt());
    }

    /** The key of a message, all zeros when it cannot be read. */
    static UUID key(CallFormat format, Question message) {
        try {
            return format.unpack(message).key();
        } catch (FairleadException e) {
            return new UUID(0, 0);
        }
    }

    Told within(Deadline deadline) {
        return new Within(key, attempt, deadline);
    }

    private record Within(UUID key, int attempt, Deadline deadline) implements Told {
        @Override
        public Duration left() {
            return deadline.left();
        }
    }
}
