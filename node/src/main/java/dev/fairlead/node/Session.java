package dev.fairlead.node;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * A caller as one call has it.
 *
 * @param name under which its calls are counted and what it did is noted; not that of the service that an operator calls as
 * @param proof whether it has proved who it is
 * @param until when that ends by itself; {@link Instant#MAX} when it does not
 * @param holds whether that is so still
 */
record Session(Caller caller, String name, ProofState proof, Instant until, BooleanSupplier holds) {
    /** Whether somebody has proved to be who he says. */
    enum ProofState {
        BELIEVED,
        PROVEN
    }

    /** Of a caller that is believed for as long as the node runs. */
    static Session believed(Caller caller) {
        return new Session(caller, caller.name(), ProofState.BELIEVED, Instant.MAX, () -> true);
    }

    /** Fails with UNAUTHENTICATED when it holds no more. */
    void check() {
        if (!holds.getAsBoolean()) {
            throw new Problem(ProblemType.UNAUTHENTICATED, "what proved who you are does so no longer");
        }
    }

    /** The patience, or the time until the proof ends when that is shorter; at least a little. */
    Duration within(Duration patience) {
        Instant now = Instant.now();
        return until.isAfter(now.plus(patience))
                ? patience
                : Duration.ofMillis(Math.max(0, Duration.between(now, until).toMillis()) + 1);
    }
}
