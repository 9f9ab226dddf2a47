package dev.fairlead.engine.transaction;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** An application's database: short transactions of Fairlead's own in it, and the tables that Fairlead keeps there. */
final class Database {
    private final DataSource source;
    private final Dialect dialect;

    private Database(DataSource source, Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    static Database of(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return new Database(source, Dialect.of(connection));
        } catch (SQLException e) {
            throw SqlFailure.of("opening the database", e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    DataSource source() {
        return source;
    }

    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Runs the work in a transaction of its own, in which each statement sees what is committed when it begins. */
    <T> T transaction(String what, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            boolean before = connection.getAutoCommit();
            int isolation = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setTransactionIsolation(isolation);
                    connection.setAutoCommit(before);
                }
            }
        } catch (SQLException e) {
            throw SqlFailure.of(what, e);
        }
    }

    /** What failed stays the failure that is told, although a connection that broke cannot be rolled back either. */
    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Makes sure that the tables are there, with the columns that they should have. */
    void require(Tables treated, List<TableDefinition> tables) {
        for (TableDefinition table : tables) {
            if (exists(table)) {
                continue;
            }
            if (treated == Tables.EXPECT) {
                throw new FairleadException(
                        ErrorCode.DATABASE,
                        "the table " + table.name() + " is missing or has other columns (create it: "
                                + String.join("; ", table.statements()) + ")");
            }
            create(table);
        }
    }

    private boolean exists(TableDefinition table) {
        try {
            return transaction("looking at " + table.name(), connection -> {
                try (Statement look = connection.createStatement()) {
                    look.executeQuery(table.look()).close();
                    return true;
                }
            });
        } catch (FairleadException missing) {
            return false;
        }
    }

    /** Another instance may create it at the same moment, which makes this fail although the table is there. */
    private void create(TableDefinition table) {
        try {
            transaction("creating " + table.name(), connection -> {
                try (Statement create = connection.createStatement()) {
                    for (String statement : table.statements()) {
                        create.execute(statement);
                    }
                    return true;
                }
            });
        } catch (FairleadException e) {
            if (!exists(table)) {
                throw e;
            }
        }
        if (!exists(table)) {
            throw new FairleadException(
                    ErrorCode.DATABASE,
                    "the table " + table.name() + " exists with other columns (rename that table, or create it as: "
                            + String.join("; ", table.statements()) + ")");
        }
    }
}
