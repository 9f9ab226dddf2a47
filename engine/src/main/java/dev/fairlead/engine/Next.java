package dev.fairlead.engine;

import java.time.Duration;

/** What becomes of a lane after one step of work. */
sealed interface Next {
    /** Its first record is done; it goes on with the next, after the other lanes that are ready. */
    record Done() implements Next {}

    /** It goes on with what it has, after the other lanes that are ready. */
    record Again() implements Next {}

    /**
     * It goes on after a delay.
     *
     * @param begun is run when the delay has begun: whoever sees what it counts can let the time pass
     */
    record Later(Duration delay, Runnable begun) implements Next {}

    /** The attempt was given up meanwhile, and another thread has taken the lane over. */
    record Left() implements Next {}
}
