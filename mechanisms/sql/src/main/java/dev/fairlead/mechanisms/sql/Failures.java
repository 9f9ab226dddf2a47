package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What an error of a database means to the caller. */
final class Failures {
    private static final Set<String> ROLLED_BACK = Set.of("40001", "40P01", "HYT00", "55P03");
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300", "25P03", "70100");
    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04", "42703", "42S22");
    private static final Set<String> THERE = Set.of("42P07", "42710", "42S01", "42S11", "23505", "90035");
    private static final String NO_DATABASE = "3D000";
    private static final String NO_SUCH_LOGIN = "28";
    private static final Set<Integer> NO_DATABASE_CODES = Set.of(1049, 90146, 90149);
    private static final int MARIADB_LOCK_TIMEOUT = 1205;
    private static final int MARIADB_DUPLICATE = 1062;
    private static final Set<Integer> MARIADB_THERE = Set.of(1050, 1061, 4127);
    private static final Set<Integer> MARIADB_AWAY = Set.of(1040, 1053, 1927, 1317);
    private static final Set<Integer> MARIADB_FULL = Set.of(1021, 1114);
    private static final Set<Integer> MARIADB_DENIED = Set.of(1044, 1045, 1142, 1290);
    private static final Set<Integer> H2_AWAY = Set.of(90067, 90098, 90121);
    private static final int H2_CONCURRENT_UPDATE = 90131;
    private static final int MOST_CAUSES = 10;

    private Failures() {}

    static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    static boolean isDuplicate(SQLException e) {
        return state(e).equals("23505") || e.getErrorCode() == MARIADB_DUPLICATE;
    }

    static boolean isTableMissing(SQLException e) {
        return NO_TABLE.contains(state(e));
    }

    /** What was to be created is there; another instance may have been first. */
    static boolean isThere(SQLException e) {
        return THERE.contains(state(e)) || MARIADB_THERE.contains(e.getErrorCode());
    }

    /** The connection is gone, or the server says that it is not to be had now. */
    static boolean isAway(SQLException e) {
        return state(e).startsWith("08")
                || AWAY.contains(state(e))
                || MARIADB_AWAY.contains(e.getErrorCode())
                || H2_AWAY.contains(e.getErrorCode())
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || isBroken(e);
    }

    /** Some drivers tell a broken connection only by what it broke on. */
    private static boolean isBroken(SQLException e) {
        return isCausedBy(IOException.class, e);
    }

    private static boolean isCausedBy(Class<? extends Exception> kind, SQLException e) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (kind.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The database has undone the transaction in favour of another, so that it may be tried again. */
    static boolean isRolledBack(SQLException e) {
        return ROLLED_BACK.contains(state(e))
                || e.getErrorCode() == MARIADB_LOCK_TIMEOUT
                || e.getErrorCode() == H2_CONCURRENT_UPDATE;
    }

    private static boolean isFull(SQLException e) {
        String text = String.valueOf(e.getMessage());
        return state(e).equals("53100")
                || MARIADB_FULL.contains(e.getErrorCode())
                || text.contains("No space left")
                || text.contains("errno: 28 ");
    }

    private static boolean isDenied(SQLException e) {
        return state(e).equals("42501")
                || state(e).startsWith(NO_SUCH_LOGIN)
                || state(e).equals("25006")
                || MARIADB_DENIED.contains(e.getErrorCode());
    }

    /** What would help the user who was denied it. */
    private static String missing(SQLException e) {
        if (state(e).startsWith(NO_SUCH_LOGIN)) {
            return "name a user and a password that the server knows, in 'user' or 'user-env' and in 'password-env' or"
                    + " 'password-file'";
        }
        return String.valueOf(e.getMessage()).contains("permission denied for schema")
                ? "the user needs the right CREATE on the schema"
                : "the user needs the right to do this";
    }

    private static boolean isDatabaseMissing(SQLException e) {
        return state(e).equals(NO_DATABASE) || NO_DATABASE_CODES.contains(e.getErrorCode());
    }

    /** Nothing was written. A pool that gets no connection tells why in the cause. */
    static FairleadException of(String what, String place, SQLException failed) {
        String beginning = what + " in " + place + " failed: ";
        SQLException e = innermost(failed);
        if (isFull(e)) {
            return failure(
                    ErrorCode.STORAGE_FULL, beginning + "no space is left (free some; reading goes on all along)", e);
        }
        if (isDenied(e)) {
            return failure(ErrorCode.STORAGE_ACCESS, beginning + e.getMessage() + " (" + missing(e) + ")", e);
        }
        if (isDatabaseMissing(e)) {
            return failure(
                    ErrorCode.PLAN,
                    beginning + e.getMessage() + " (create the database, or name another one in 'url')",
                    e);
        }
        if (isCausedBy(CertificateException.class, failed)) {
            return failure(
                    ErrorCode.STORAGE_ACCESS,
                    beginning + "the server's certificate is not trusted: " + e.getMessage()
                            + " (name the one that vouches for it in 'url')",
                    e);
        }
        if (isTableMissing(e)) {
            return failure(
                    ErrorCode.STORAGE_DAMAGED,
                    beginning + "a table or column of Fairlead's is gone: " + e.getMessage()
                            + " (restore it from a backup; to begin anew, drop all of them)",
                    e);
        }
        if (isAway(failed) || isAway(e)) {
            return failure(ErrorCode.UNREACHABLE, beginning + e.getMessage(), e);
        }
        if (isRolledBack(e)) {
            return failure(
                    ErrorCode.UNREACHABLE, beginning + "others hold the rows for too long: " + e.getMessage(), e);
        }
        if (state(e).startsWith("XX")) {
            return failure(ErrorCode.STORAGE_DAMAGED, beginning + e.getMessage(), e);
        }
        return failure(ErrorCode.INTERNAL, beginning + e.getMessage() + " (state " + state(e) + ")", e);
    }

    static SQLException innermost(SQLException e) {
        return e.getCause() instanceof SQLException inner ? innermost(inner) : e;
    }

    /** The commit was sent, and no answer came. */
    static FairleadException unknown(String what, String place, SQLException e) {
        return failure(
                ErrorCode.OUTCOME_UNKNOWN,
                what + " in " + place + ": the connection broke while the commit was under way, so it may or may not be"
                        + " there (" + e.getMessage() + ")",
                e);
    }

    static FairleadException closed() {
        return new FairleadException(ErrorCode.CLOSED, "the sql mechanism is closed; open it anew");
    }

    static FairleadException interrupted() {
        return new FairleadException(ErrorCode.CLOSED, "the wait was interrupted; the interrupt flag is still set");
    }

    private static FairleadException failure(ErrorCode code, String message, SQLException e) {
        return new FairleadException(code, message, e);
    }
}
