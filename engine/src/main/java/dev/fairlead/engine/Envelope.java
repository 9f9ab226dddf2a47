package dev.fairlead.engine;

import dev.fairlead.api.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What travels with every record of a state item, packed into its header by {@link EnvelopeFormat}.
 *
 * @param removal whether the record removes its key
 * @param version of the key, from 1
 * @param epoch of the owner that wrote it
 * @param changed by the owner's clock, to the microsecond
 * @param previousKey the {@link KeyHash} of the record before this one in the same partition, so that a single lost record is
 *     named by its successor; 0 for the first record
 * @param origin of the write; null where it belongs to no trace, as in most feeds, which pay for every byte
 * @param checksum over item, key, the fields above and the full value
 */
record Envelope(
        boolean removal,
        long version,
        long epoch,
        Instant changed,
        int previousKey,
        @Nullable Origin origin,
        int checksum) {}
