package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.Question;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message that is neither acknowledged nor dismissed, and how it stands with it. Used under the journal's lock. */
final class QueuedMessage {
    /** Nobody holds it. */
    static final long FREE = -1;

    /** Its end is not known yet. */
    static final long OPEN = Long.MAX_VALUE;

    static final Comparator<QueuedMessage> ORDER = Comparator.<QueuedMessage>comparingLong(message -> message.place)
            .thenComparingInt(message -> message.among);

    static final Comparator<QueuedMessage> DUE = Comparator.<QueuedMessage, Instant>comparing(
                    message -> message.notBefore)
            .thenComparing(ORDER);

    /** The offset of its record. */
    final long id;

    /** Where it stands in the queue: an offset, and which of those that stand there. */
    long place;

    int among;
    Instant notBefore;
    int attempts;

    /** The content, when there was room to keep it; else it is read again. */
    @Nullable
    Question content;

    /** The offset of the step by which it was taken, or {@link #FREE}. */
    long taken = FREE;

    @Nullable
    UUID holder;

    long lease;

    /** By the broker's clock, in milliseconds. */
    long takenAt;

    /** When the lease is over, by the clock of nanoseconds here. */
    long expires = OPEN;

    String error = "";
    Instant since = Instant.EPOCH;

    QueuedMessage(long id, Instant notBefore) {
        this.id = id;
        this.place = id;
        this.notBefore = notBefore;
    }

    QueueStep.Hold hold() {
        return new QueueStep.Hold(id, taken);
    }
}
