package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.AuthenticationFailureException;
import com.rabbitmq.stream.Constants;
import com.rabbitmq.stream.StreamException;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What an error of RabbitMQ's clients means to the caller. */
final class Failures {
    private Failures() {}

    static FairleadException of(String what, StreamException thrown) {
        if (thrown instanceof AuthenticationFailureException) {
            return failure(
                    ErrorCode.STORAGE_ACCESS, what + " failed: user or password is wrong, or the user may not", thrown);
        }
        return thrown.getCode() > 0
                ? of(what, thrown.getCode(), thrown)
                : failure(ErrorCode.UNREACHABLE, what + " failed: " + thrown.getMessage(), thrown);
    }

    /** What a response code of the stream protocol means. */
    static FairleadException of(String what, short code, @Nullable Throwable cause) {
        return switch (code) {
            case Constants.RESPONSE_CODE_STREAM_DOES_NOT_EXIST -> gone(what);
            case Constants.RESPONSE_CODE_ACCESS_REFUSED,
                    Constants.RESPONSE_CODE_AUTHENTICATION_FAILURE,
                    Constants.RESPONSE_CODE_AUTHENTICATION_FAILURE_LOOPBACK,
                    Constants.RESPONSE_CODE_VIRTUAL_HOST_ACCESS_FAILURE ->
                failure(
                        ErrorCode.STORAGE_ACCESS,
                        what + " failed: refused (the user needs the right to configure, write and read)",
                        cause);
            default -> failure(ErrorCode.UNREACHABLE, what + " failed with code " + code, cause);
        };
    }

    static FairleadException gone(String what) {
        return failure(
                ErrorCode.STORAGE_DAMAGED,
                what
                        + " failed: it is gone from the server (restore it; or define it again, which makes it anew,"
                        + " empty)",
                null);
    }

    static FairleadException undefined(String kind, String name) {
        return new FairleadException(ErrorCode.PLAN, kind + " " + name + " is not defined");
    }

    static FairleadException fenced(String log) {
        return new FairleadException(
                ErrorCode.FENCED, "log " + log + " was claimed by another writer since; this one writes no more");
    }

    static FairleadException cannot(String what) {
        return new FairleadException(ErrorCode.CAPABILITY, what);
    }

    static FairleadException closed() {
        return new FairleadException(ErrorCode.CLOSED, "the rabbitmq mechanism is closed; open it anew");
    }

    static FairleadException interrupted() {
        return new FairleadException(ErrorCode.CLOSED, "the wait was interrupted; the interrupt flag is still set");
    }

    /** What made a future fail, without what futures wrap around it. */
    static FairleadException known(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof FairleadException known
                ? known
                : failure(ErrorCode.INTERNAL, "rabbitmq failed: " + cause, cause);
    }

    static FairleadException failure(ErrorCode code, String message, @Nullable Throwable cause) {
        return new FairleadException(code, message, cause);
    }
}
