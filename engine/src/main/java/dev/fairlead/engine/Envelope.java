package dev.fairlead.engine;

import dev.fairlead.api.Mark;
import dev.fairlead.api.Origin;
import dev.fairlead.engine.transaction.OutboxStamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What travels with every record of a state item, packed into its header by {@link EnvelopeFormat}.
 *
 * @param kind what the record does to its key
 * @param version of the key, from 1
 * @param epoch of the owner that wrote it
 * @param changed by the owner's clock, to the microsecond
 * @param previousKey the {@link KeyHash} of the record before this one in the same partition, so that a single lost record is
 *     named by its successor; 0 for the first record
 * @param origin of the write; null where it belongs to no trace, as in most feeds, which pay for every byte
 * @param stamp where the key's newest change from the owner's outbox stood there; null when there was none
 * @param checksum over item, key, the fields above and the full value
 */
record Envelope(
        Kind kind,
        long version,
        long epoch,
        Instant changed,
        int previousKey,
        @Nullable Origin origin,
        @Nullable OutboxStamp stamp,
        int checksum) {
    Envelope(
            Kind kind,
            long version,
            long epoch,
            Instant changed,
            int previousKey,
            @Nullable Origin origin,
            int checksum) {
        this(kind, version, epoch, changed, previousKey, origin, null, checksum);
    }

    /** What a record does to its key. */
    enum Kind {
        /** It gives it a value. */
        VALUE,
        /** It gives it a value, and marks it as no longer in use. */
        RETIRED,
        /** It takes its value away. */
        REMOVAL,
        /** It takes its value away, and everything that was ever known of it. */
        ERASURE;

        /** Whether the key has no value afterwards. */
        boolean removes() {
            return this == REMOVAL || this == ERASURE;
        }
    }

    Envelope numbered(long number) {
        return new Envelope(kind, number, epoch, changed, previousKey, origin, stamp, checksum);
    }

    boolean removal() {
        return kind.removes();
    }

    /** What a reading shows of the record at the offset. */
    Mark mark(long offset) {
        return new Mark(version, offset, checksum, changed, kind == Kind.RETIRED);
    }
}
