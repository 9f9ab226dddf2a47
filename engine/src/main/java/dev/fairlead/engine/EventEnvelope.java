package dev.fairlead.engine;

import dev.fairlead.api.Origin;
import dev.fairlead.engine.transaction.OutboxRow;
import dev.fairlead.engine.transaction.OutboxStamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What travels with every event, packed into its header by {@link EventFormat}.
 *
 * @param type the event's name in the plan
 * @param version of the key, from 1
 * @param epoch of the owner that wrote it
 * @param time by the owner's clock, to the microsecond, never before the event before it
 * @param origin of the append
 * @param stamp where it stood in the owner's outbox; null when it was appended directly
 */
record EventEnvelope(
        String type,
        long version,
        long epoch,
        Instant time,
        Origin origin,
        @Nullable OutboxStamp stamp) {
    /** The type of the record that tells that its key was erased; no event of a plan has an empty name. */
    static final String ERASURE = OutboxRow.ERASURE;

    EventEnvelope numbered(long number) {
        return new EventEnvelope(type, number, epoch, time, origin, stamp);
    }

    boolean erases() {
        return type.equals(ERASURE);
    }

    EventEnvelope(String type, long version, long epoch, Instant time, Origin origin) {
        this(type, version, epoch, time, origin, null);
    }
}
