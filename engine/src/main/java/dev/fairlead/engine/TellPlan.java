package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.planner.Envelope;
import java.util.Optional;
import java.util.Set;

/**
 * What the engine needs to know of an item that is told, taken from the plan.
 *
 * @param id {@code owner.name}, the name of its queue as well
 * @param service the service that tells it or handles it here
 * @param optional the fields that may be missing in a question
 * @param durability what must be reached before the teller goes on; when the plan does not say, the best that the mechanism has
 * @param envelope how a message's attributes travel
 * @param whenFailing what is done with what the handler fails on, if the code does not say
 * @param key the field of the question that tells what a message is about
 */
record TellPlan(
        String id,
        String service,
        Set<String> optional,
        Optional<Durability> durability,
        Envelope envelope,
        FailurePolicy whenFailing,
        Optional<String> key) {}
