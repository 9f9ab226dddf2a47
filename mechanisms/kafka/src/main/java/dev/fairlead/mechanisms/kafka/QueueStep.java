package dev.fairlead.mechanisms.kafka;

import java.time.Instant;
import java.util.List;

/**
 * One thing that an opening does with messages of a queue. Its place in the journal decides whether it takes effect, so everybody who reads
 * the journal comes to the same end.
 */
sealed interface QueueStep {
    /** A message, and the step by which somebody took it: the right to settle it. */
    record Hold(long message, long taken) {}

    /** Takes those of the messages that wait, for so many nanoseconds. */
    record Take(long lease, List<Long> messages) implements QueueStep {}

    /** Ends a message for good. */
    record Acknowledge(Hold hold) implements QueueStep {}

    /** Puts a message at the end of the queue, not to be handed out before the moment. */
    record GiveBack(Hold hold, Instant notBefore) implements QueueStep {}

    /** Puts a message back where it was, with one attempt less. */
    record HandBack(Hold hold) implements QueueStep {}

    /** Puts messages back where they were, because their leases are over. */
    record Expire(List<Hold> holds) implements QueueStep {}

    /** Puts everything back where it was that the opening holds. */
    record Leave() implements QueueStep {}

    /** Makes a message the newest dead letter; the step's place in the journal is its number. */
    record SetAside(Hold hold, Instant since, String error) implements QueueStep {}

    /** Puts dead letters at the end of the queue, as if new. */
    record Redrive(List<Long> numbers) implements QueueStep {}

    /** Ends a dead letter for good. */
    record Dismiss(long number, Instant time, String reason) implements QueueStep {}

    /** Tells all dismissals below the offset once more, so that the journal's beginning is not needed for them. */
    record Keep(long below, List<Dismiss> dismissals) implements QueueStep {}
}
