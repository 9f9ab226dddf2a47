package dev.fairlead.mechanisms.embedded;

import java.time.Duration;

/** What becomes of a message that a receiver holds. */
sealed interface Settlement {
    /** It goes for good. */
    record Acknowledged() implements Settlement {}

    /** It is ready again after the delay. */
    record GivenBack(Duration delay) implements Settlement {}

    /** It is ready again, and the hand-out is not counted. */
    record HandedBack() implements Settlement {}

    /** It becomes a dead letter. */
    record SetAside(String error) implements Settlement {}
}
