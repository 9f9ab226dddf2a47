package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Envelope;
import dev.fairlead.planner.WhenUnknown;
import dev.fairlead.spi.Retention;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the engine needs to know of an event item and of what one service may do with it.
 *
 * @param id {@code owner.name}
 * @param service whose plan this is
 * @param access what the service may do
 * @param all the events of the item, each with all fields
 * @param used the events that the service gets, each with the fields that it gets
 * @param retention what the log keeps
 * @param durability what an append must reach before it is acknowledged; when the plan does not say, the best that the mechanism has
 * @param envelope how a record's attributes travel
 * @param whenUnknown what a group does with an event that is not among {@code all}
 * @param whenFailing what a group does with an event that its handler fails on, if the code does not say
 */
record EventPlan(
        String id,
        String service,
        Access access,
        Map<String, Fields> all,
        Map<String, Fields> used,
        Retention retention,
        Optional<Durability> durability,
        Envelope envelope,
        WhenUnknown whenUnknown,
        FailurePolicy whenFailing) {
    EventPlan {
        all = Map.copyOf(all);
        used = new LinkedHashMap<>(used);
    }

    /** What a service may do with an item. */
    enum Access {
        OWN,
        READ
    }
}
