package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;

/** What an error of the server means to the caller. In all of them but OUTCOME_UNKNOWN nothing was written. */
final class Failures {
    private static final List<String> PASSING =
            List.of("LOADING", "BUSY", "MASTERDOWN", "READONLY", "NOREPLICAS", "TRYAGAIN", "ERR max number of clients");
    private static final List<String> DENIED = List.of("NOAUTH", "WRONGPASS", "NOPERM");
    private static final List<String> CLUSTER = List.of("MOVED", "ASK", "CROSSSLOT", "CLUSTERDOWN");

    private Failures() {}

    /** Whether the same may work in a moment: the server starts, or is made the primary. */
    static boolean isPassing(JedisDataException e) {
        return beginsWith(e, PASSING);
    }

    private static boolean beginsWith(JedisDataException e, List<String> words) {
        String message = String.valueOf(e.getMessage());
        return words.stream().anyMatch(message::startsWith);
    }

    static FairleadException of(String what, String place, JedisDataException e) {
        String message = String.valueOf(e.getMessage());
        String beginning = what + ", " + place + ": ";
        if (message.startsWith("OOM")) {
            return failure(
                    ErrorCode.STORAGE_FULL,
                    beginning + "the server's memory is full (raise maxmemory, or take messages out; reading goes on"
                            + " all along): " + message,
                    e);
        }
        if (message.startsWith("MISCONF")) {
            return failure(
                    ErrorCode.STORAGE_FULL,
                    beginning + "the server cannot write to its disk, and takes nothing until it can: " + message,
                    e);
        }
        if (message.startsWith("READONLY")) {
            return failure(
                    ErrorCode.UNREACHABLE, beginning + "this server is a replica (name its primary): " + message, e);
        }
        if (isPassing(e)) {
            return failure(ErrorCode.UNREACHABLE, beginning + message, e);
        }
        if (beginsWith(e, DENIED) || message.contains("executing the script") || message.contains("ACL failure")) {
            return failure(
                    ErrorCode.STORAGE_ACCESS,
                    beginning + message + " (the user needs the rights that the page of the mechanism lists)",
                    e);
        }
        if (message.startsWith("WRONGTYPE")) {
            return failure(
                    ErrorCode.STORAGE_DAMAGED,
                    beginning + "another program has put something else in its place: " + message,
                    e);
        }
        if (beginsWith(e, CLUSTER)) {
            return failure(ErrorCode.CAPABILITY, beginning + ServerInfo.NO_CLUSTER, e);
        }
        return failure(ErrorCode.INTERNAL, beginning + message, e);
    }

    static FairleadException away(String what, String place, Exception e) {
        return failure(ErrorCode.UNREACHABLE, what + ", " + place + " cannot be reached: " + cause(e), e);
    }

    private static String cause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause == e ? String.valueOf(e.getMessage()) : e.getMessage() + " (" + cause.getMessage() + ")";
    }

    /** The same failure, after a try whose answer was lost. */
    static FairleadException unknown(String what, FairleadException e) {
        return failure(
                ErrorCode.OUTCOME_UNKNOWN,
                what + ": an answer was lost, and nobody can tell whether it was done: " + e.getMessage(),
                e);
    }

    static FairleadException damaged(String what) {
        return new FairleadException(ErrorCode.STORAGE_DAMAGED, what);
    }

    private static FairleadException failure(ErrorCode code, String message, Exception e) {
        return new FairleadException(code, message, e);
    }
}
