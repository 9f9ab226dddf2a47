package dev.fairlead.engine;

import dev.fairlead.api.Origin;
import dev.fairlead.api.Position;
import java.time.Instant;
import java.util.Optional;

/**
 * One record on the way to a value.
 *
 * @param item the item's id
 * @param key the record's key in its text form
 * @param what the event's type, {@code changed} or {@code removed}
 * @param version of the key, from 1
 * @param epoch of the owner that wrote it
 * @param time when it was written, by its owner's clock
 * @param position in the item's log
 * @param origin of the write; empty where it belongs to no trace
 */
public record Step(
        String item,
        String key,
        String what,
        long version,
        long epoch,
        Instant time,
        Position position,
        Optional<Origin> origin) {}
