package dev.fairlead.node;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.RequestRefused;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An error answer, as RFC 9457 describes problems; thrown to end a call with it. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;

    Problem(ProblemType type, String detail) {
        this(type, detail, null);
    }

    Problem(ProblemType type, String detail, @Nullable Throwable cause) {
        super(detail, cause, false, false);
        this.type = type;
    }

    /** What the caller is told of a failure; of a fault of our own no more than that. */
    static Problem of(FairleadException failure) {
        ProblemType type = type(failure.code());
        String detail = type == ProblemType.INTERNAL
                ? "see the log of the node (code " + failure.code() + ")"
                : String.valueOf(failure.getMessage());
        return new Problem(type, detail, failure);
    }

    private static ProblemType type(ErrorCode code) {
        return switch (code) {
            case BAD_VALUE -> ProblemType.BAD_VALUE;
            case VERSION_CONFLICT -> ProblemType.VERSION_CONFLICT;
            case CAPABILITY -> ProblemType.CAPABILITY;
            case CLOSED -> ProblemType.CLOSING;
            case FENCED -> ProblemType.FENCED;
            case DEADLINE -> ProblemType.DEADLINE;
            case OUTCOME_UNKNOWN -> ProblemType.OUTCOME_UNKNOWN;
            case STALE -> ProblemType.STALE;
            case UNREACHABLE -> ProblemType.UNREACHABLE;
            case STORAGE_FULL -> ProblemType.STORAGE_FULL;
            case REFUSED -> ProblemType.REFUSED;
            case FAILED -> ProblemType.FAILED;
            case PLAN,
                    HANDLE_MISMATCH,
                    GROUP_TAKEN,
                    TRANSACTION,
                    DATABASE,
                    STORAGE_DAMAGED,
                    STORAGE_LOCKED,
                    STORAGE_ACCESS,
                    INTERNAL -> ProblemType.INTERNAL;
        };
    }

    /** The code that the owner's handler gave its refusal; nothing when this is none. */
    Optional<String> code() {
        return getCause() instanceof FairleadException failure
                ? RequestRefused.of(failure).map(RequestRefused::code)
                : Optional.empty();
    }

    ProblemType type() {
        return type;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
