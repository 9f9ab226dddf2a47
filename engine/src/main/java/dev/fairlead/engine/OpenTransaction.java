package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.sql.Connection;
import java.sql.SQLException;

/** Whether a connection is in the middle of a transaction of the application's. */
final class OpenTransaction {
    private OpenTransaction() {}

    /** Fails with TRANSACTION when what is written for the item would be stored without what it tells about. */
    static void require(String item, Connection connection) {
        try {
            if (connection.isClosed()) {
                throw none(item, "the connection is closed (take one, begin a transaction, and write before it ends)");
            }
            if (connection.getAutoCommit()) {
                throw none(
                        item,
                        "the connection commits each statement by itself, so that it would be stored without what it"
                                + " tells about (call setAutoCommit(false), or let your framework begin a transaction)");
            }
        } catch (SQLException e) {
            throw new FairleadException(
                    ErrorCode.TRANSACTION, "the connection for the outbox of " + item + " is broken (take another)", e);
        }
    }

    private static FairleadException none(String item, String what) {
        return new FairleadException(
                ErrorCode.TRANSACTION,
                "what the outbox of " + item + " takes is written in a transaction, but " + what);
    }
}
