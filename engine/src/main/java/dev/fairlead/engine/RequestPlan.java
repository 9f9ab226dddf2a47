package dev.fairlead.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the engine needs to know of a request item and of this service's part in it, taken from the plan.
 *
 * @param id {@code owner.name}
 * @param deadline after which nobody waits for an answer
 * @param repeats whether a question may be asked again
 * @param optionalOfQuestion the fields that may be missing in a question
 * @param optionalOfAnswer the fields that may be missing in an answer
 * @param atOnce how many questions of this service may be under way
 * @param reuse how long an answer may serve the same question again, empty when each is asked
 */
record RequestPlan(
        String id,
        Duration deadline,
        Repeats repeats,
        Set<String> optionalOfQuestion,
        Set<String> optionalOfAnswer,
        int atOnce,
        Optional<Duration> reuse) {
    /** Whether a question may be asked again. */
    enum Repeats {
        NEVER,
        IDEMPOTENT
    }
}
