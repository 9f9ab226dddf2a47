package dev.fairlead.engine;

import dev.fairlead.planner.WhenStale;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the engine needs to know of one service's need of a state item.
 *
 * @param item the item
 * @param reader the reading service
 * @param projection the fields that the reader gets, empty when it gets all
 * @param within the freshness asked for
 * @param whenStale what a read that asks for the plan's word gets when the copy cannot vouch for its value
 * @param reuse how long a value that was looked up may be read again, empty when each read asks
 * @param by the fields by which it finds values
 * @param conflate the shortest time between two changes of a key that are handed to listeners
 */
record NeedPlan(
        ItemPlan item,
        String reader,
        Optional<Set<String>> projection,
        Duration within,
        WhenStale whenStale,
        Optional<Duration> reuse,
        Set<String> by,
        Optional<Duration> conflate) {}
