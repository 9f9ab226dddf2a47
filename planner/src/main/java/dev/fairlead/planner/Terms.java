package dev.fairlead.planner;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.contracts.DataClass;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On what terms an item is shared; null where the plan does not say.
 *
 * @param dataClass of every field that does not state its own
 * @param retention how long records are kept
 * @param whenFailing what the owner does with what its own handlers fail on: something told, or an event that it follows itself
 * @param reserved removed names that may never come back
 * @param alsoWrittenBy services besides the owner that write it too, which none should
 */
public record Terms(
        DataClass dataClass,
        Lifecycle lifecycle,
        @Nullable Durability durability,
        @Nullable Duration retention,
        @Nullable Envelope envelope,
        @Nullable FailurePolicy whenFailing,
        List<String> reserved,
        List<Located> alsoWrittenBy) {
    public Terms {
        reserved = List.copyOf(reserved);
        alsoWrittenBy = List.copyOf(alsoWrittenBy);
    }
}
