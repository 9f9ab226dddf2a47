package dev.fairlead.spi.calling;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** How questions end without an answer. */
final class CallFailures {
    private CallFailures() {}

    static FairleadException nobody(String item, String place) {
        return new FairleadException(
                ErrorCode.UNREACHABLE,
                "nobody answers for " + item + " at " + place + "; the question did not run (start its owner)");
    }

    static FairleadException full(String item) {
        return new FairleadException(
                ErrorCode.UNREACHABLE,
                "too many questions to " + item
                        + " wait already; this one did not run (ask later, or start more instances of the owner)");
    }

    static FairleadException away(String item, String place, Throwable failure) {
        return new FairleadException(
                ErrorCode.UNREACHABLE,
                "a question to " + item + " found no way through " + place + " and did not run (see the cause)",
                unwrapped(failure));
    }

    static FairleadException neverRan(String item, Duration deadline) {
        return new FairleadException(
                ErrorCode.DEADLINE,
                "no answerer of " + item + " had room within " + deadline
                        + "; the question did not run (ask later, or start more instances of the owner)");
    }

    static FairleadException unanswered(String item, Duration deadline) {
        return new FairleadException(
                ErrorCode.OUTCOME_UNKNOWN,
                "no answer from " + item + " within " + deadline
                        + "; the question may have run, or be running (ask again only if that does no harm)");
    }

    static FairleadException abandoned(String item) {
        return new FairleadException(
                ErrorCode.OUTCOME_UNKNOWN,
                "the answerer of " + item
                        + " went while it held the question, which may have run (ask again only if that does no harm)");
    }

    static FairleadException closed(String place) {
        return new FairleadException(ErrorCode.CLOSED, "the mechanism at " + place + " is closed");
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What a future holds, or what it failed with. */
    static <T> T unwrapped(Supplier<T> joined) {
        try {
            return joined.get();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FairleadException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
