package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;

/** What a server said when it closed a channel or connection. */
final class Replies {
    static final int ACCESS_REFUSED = AMQP.ACCESS_REFUSED;
    static final int NOT_FOUND = AMQP.NOT_FOUND;
    static final int PRECONDITION_FAILED = AMQP.PRECONDITION_FAILED;
    static final int RESOURCE_LOCKED = AMQP.RESOURCE_LOCKED;

    private Replies() {}

    /** The reply code of AMQP, 0 when there is none. */
    static int code(Throwable thrown) {
        return switch (reason(thrown)) {
            case AMQP.Channel.Close close -> close.getReplyCode();
            case AMQP.Connection.Close close -> close.getReplyCode();
            case null, default -> 0;
        };
    }

    /** The server's words, or the exception's. Of a fault of its own the server says no more than that it had one. */
    static String text(Throwable thrown) {
        String text = words(thrown);
        return code(thrown) == AMQP.INTERNAL_ERROR
                ? text + " (a fault of the server's own, which closed the connection: its log has the reason)"
                : text;
    }

    private static String words(Throwable thrown) {
        return switch (reason(thrown)) {
            case AMQP.Channel.Close close -> close.getReplyText();
            case AMQP.Connection.Close close -> close.getReplyText();
            case null, default -> String.valueOf(thrown);
        };
    }

    private static @org.jspecify.annotations.Nullable Method reason(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException signal) {
                return signal.getReason();
            }
        }
        return null;
    }
}
