package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;

/** How questions end without an answer. */
final class CallFailures {
    private CallFailures() {}

    static FairleadException nobody(String item) {
        return new FairleadException(
                ErrorCode.UNREACHABLE,
                "nobody answers for " + item + " on this data folder; the question did not run (start its owner)");
    }

    static FairleadException full(String item) {
        return new FairleadException(
                ErrorCode.UNREACHABLE,
                "too many questions to " + item
                        + " wait already; this one did not run (ask later, or start more instances of the owner)");
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
                        + " was closed while it held the question, which may have run (ask again only if that does no harm)");
    }
}
