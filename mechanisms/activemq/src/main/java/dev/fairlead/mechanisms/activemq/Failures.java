package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.ExecutionException;
import org.apache.qpid.protonj2.client.ErrorCondition;
import org.apache.qpid.protonj2.client.exceptions.ClientConnectionRemotelyClosedException;
import org.apache.qpid.protonj2.client.exceptions.ClientConnectionSecurityException;
import org.apache.qpid.protonj2.client.exceptions.ClientResourceRemotelyClosedException;
import org.jspecify.annotations.Nullable;

/** What an error of the AMQP client or of the broker means to the caller. */
final class Failures {
    private static final String LIMIT = "amqp:resource-limit-exceeded";

    private Failures() {}

    static FairleadException of(String what, Throwable thrown) {
        Throwable cause = innermost(thrown);
        if (cause instanceof FairleadException known) {
            return known;
        }
        if (cause.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // The client takes the flag away.
            return interrupted();
        }
        String beginning = what + " failed: " + cause.getMessage();
        if (cause instanceof ClientConnectionSecurityException) {
            return new FairleadException(
                    ErrorCode.STORAGE_ACCESS,
                    beginning + " (set 'user-env' and 'password-env' to what the broker knows)",
                    cause);
        }
        String condition = condition(cause);
        if (cause instanceof ClientConnectionRemotelyClosedException && condition.equals(LIMIT)) {
            return new FairleadException(ErrorCode.UNREACHABLE, beginning, cause); // It was idle for too long.
        }
        return switch (condition) {
            case "amqp:unauthorized-access" ->
                new FairleadException(
                        ErrorCode.STORAGE_ACCESS,
                        beginning + " (the user needs the right to send to, consume, browse and create it)",
                        cause);
            case LIMIT -> new FairleadException(ErrorCode.STORAGE_FULL, beginning + " (the broker's limits)", cause);
            case "amqp:resource-deleted", "amqp:not-found" ->
                new FairleadException(
                        ErrorCode.STORAGE_DAMAGED,
                        beginning + " (the queue was deleted on the broker, with the messages in it)",
                        cause);
            default -> new FairleadException(ErrorCode.UNREACHABLE, beginning, cause);
        };
    }

    /** Nobody can tell whether it happened. */
    static FairleadException unknown(String what, Throwable thrown) {
        Throwable cause = innermost(thrown);
        return new FairleadException(ErrorCode.OUTCOME_UNKNOWN, what + " got no answer: " + cause.getMessage(), cause);
    }

    /** Whether the broker has lost what the caller relies on, so that another attempt would hide it. */
    static boolean isFinal(FairleadException failure) {
        return failure.code() != ErrorCode.UNREACHABLE;
    }

    private static String condition(Throwable cause) {
        ErrorCondition condition = switch (cause) {
            case ClientResourceRemotelyClosedException closed -> closed.getErrorCondition();
            case ClientConnectionRemotelyClosedException closed -> closed.getErrorCondition();
            default -> null;
        };
        return condition == null || condition.condition() == null ? "" : condition.condition();
    }

    /** Wrappers tell nothing of their own. */
    private static Throwable innermost(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof ExecutionException && cause != null ? innermost(cause) : thrown;
    }

    static FairleadException failure(ErrorCode code, String message, @Nullable Throwable cause) {
        return new FairleadException(code, message, cause);
    }

    static FairleadException undefined(String queue) {
        return new FairleadException(ErrorCode.PLAN, "queue " + queue + " is not defined");
    }

    static FairleadException fenced(String queue) {
        return fenced(queue, null);
    }

    /** The same where a failure shows that the broker has the message again. */
    static FairleadException fenced(String queue, @Nullable FairleadException cause) {
        return failure(
                ErrorCode.FENCED,
                "queue " + queue
                        + ": the message is not held here any more: its lease is over, its connection broke, or it"
                        + " was settled before",
                cause);
    }

    static FairleadException closed() {
        return new FairleadException(ErrorCode.CLOSED, "the activemq mechanism is closed; open it anew");
    }

    static FairleadException interrupted() {
        return new FairleadException(ErrorCode.CLOSED, "the wait was interrupted; the interrupt flag is still set");
    }
}
