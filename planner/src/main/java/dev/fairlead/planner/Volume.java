package dev.fairlead.planner;

import org.jspecify.annotations.Nullable;

/**
 * How much of an item there is; null where the plan does not say.
 *
 * @param keys how many keys
 * @param size bytes of one value
 * @param changes per second
 */
public record Volume(
        @Nullable Quantity keys,
        @Nullable Quantity size,
        @Nullable Quantity changes) {}
