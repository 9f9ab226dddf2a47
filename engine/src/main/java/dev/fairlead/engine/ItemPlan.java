package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.contracts.SearchedField;
import dev.fairlead.planner.Envelope;
import dev.fairlead.planner.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What the engine needs to know of a state item, taken from the plan.
 *
 * @param id {@code owner.name}
 * @param owner the owning service
 * @param keyField the name of the key field
 * @param optional the fields that may be missing in a value
 * @param durability what a write must reach before it is acknowledged; when the plan does not say, the best that the mechanism has
 * @param envelope how a record's attributes travel
 * @param beat how often the owner gives a sign of life
 * @param searched the fields by which the owner lets readers find values without a copy
 * @param readers the services that need the item, by name, and how it reaches each
 */
record ItemPlan(
        String id,
        String owner,
        String keyField,
        Set<String> optional,
        Optional<Durability> durability,
        Envelope envelope,
        Duration beat,
        List<SearchedField> searched,
        SortedMap<String, Scenario> readers) {}
