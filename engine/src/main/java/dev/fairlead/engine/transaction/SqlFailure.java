package dev.fairlead.engine.transaction;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.sql.SQLException;

/** Says what a failure of the database means and what to do. */
final class SqlFailure {
    private static final String DUPLICATE = "23505";

    private SqlFailure() {}

    static boolean isDuplicate(SQLException e) {
        return DUPLICATE.equals(e.getSQLState());
    }

    static FairleadException of(String what, SQLException e) {
        return new FairleadException(
                ErrorCode.DATABASE, what + " failed: " + e.getMessage() + " (" + remedy(e) + ")", e);
    }

    private static String remedy(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "42P01", "42S02", "42S03", "42S04" ->
                "a table of Fairlead's is gone: open the outbox, or follow, again with Tables.CREATE";
            case "40001", "40P01" ->
                "roll the transaction back and run it again; events of many keys go in one call, which locks them in order";
            case "25P02" -> "the transaction has failed before: roll it back";
            case "25006" -> "the transaction is read-only: begin one that may write";
            default -> state.startsWith("08") ? "the database cannot be reached" : "roll the transaction back";
        };
    }
}
