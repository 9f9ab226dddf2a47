package dev.fairlead.engine.transaction;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One transaction that handles events and notes them; used once, by one thread, and ended by another when that one hangs. */
public final class InboxTransaction {
    /** Seconds. */
    private static final int LONGEST_LOOK = 1;

    private final DataSource source;
    private final Inbox inbox;
    private @Nullable Connection open;
    private boolean over;
    private volatile boolean working;

    InboxTransaction(DataSource source, Inbox inbox) {
        this.source = source;
        this.inbox = inbox;
    }

    /** What is done with the events, in the same transaction as the note. */
    @FunctionalInterface
    public interface Work {
        void run(Connection transaction) throws Exception;
    }

    /**
     * Notes the events, does the work and commits.
     *
     * @return false when one of the events was handled before; then nothing is done
     * @throws DatabaseAway when the database gives no connection, or broke the one that it gave and gives no other that works
     * @throws ConnectionBroke when the connection broke although the database gives another
     * @throws Exception what the work threw, or what the database refused; nothing is done
     */
    public boolean run(List<InboxNote> notes, Work work) throws Exception {
        try (Connection connection = connection()) {
            try {
                return run(connection, notes, work);
            } catch (Exception e) {
                throw isBroken(connection) ? broke(e) : e;
            }
        }
    }

    private boolean run(Connection connection, List<InboxNote> notes, Work work) throws Exception {
        begin(connection);
        try {
            return inTransaction(connection, notes, work);
        } finally {
            working = false;
        }
    }

    private boolean inTransaction(Connection connection, List<InboxNote> notes, Work work) throws Exception {
        boolean before = connection.getAutoCommit();
        boolean committed = false;
        try {
            connection.setAutoCommit(false);
            if (!inbox.note(connection, notes)) {
                connection.rollback();
                if (inbox.touch(connection, notes)) {
                    commit(connection);
                }
                return false;
            }
            try (LentConnection lent = LentConnection.of(connection)) {
                work.run(lent.connection());
            }
            commit(connection);
            committed = true;
            return true;
        } finally {
            end(connection, committed, before);
        }
    }

    private static boolean isBroken(Connection connection) {
        try {
            return connection.isClosed() || !connection.isValid(LONGEST_LOOK);
        } catch (SQLException e) {
            return true;
        }
    }

    /** A pool may hold more connections that broke together with this one, so that another one counts only when it works. */
    private Exception broke(Exception failure) {
        try (Connection another = connection()) {
            return isBroken(another) ? new DatabaseAway(failure) : new ConnectionBroke(failure);
        } catch (DatabaseAway | SQLException e) {
            failure.addSuppressed(e);
            return new DatabaseAway(failure);
        }
    }

    private Connection connection() throws DatabaseAway {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }

    /**
     * Whether the work may be under way. Before and afterwards only the database holds the thread up: it gives no connection yet, looks at one
     * or takes one back. What is abandoned before its work never begins it.
     */
    public boolean isWorking() {
        return working;
    }

    private synchronized void begin(Connection connection) {
        if (over) {
            throw ended();
        }
        open = connection;
        working = true;
    }

    private synchronized void commit(Connection connection) throws SQLException {
        if (over) {
            throw ended();
        }
        connection.commit();
    }

    private synchronized void end(Connection connection, boolean committed, boolean autoCommit) throws SQLException {
        if (over) {
            return;
        }
        over = true;
        open = null;
        if (!committed) {
            connection.rollback();
        }
        connection.setAutoCommit(autoCommit);
    }

    /** Rolls back what hangs, so that its locks are free, and refuses it to commit later. May block; does nothing when it is over. */
    public synchronized void abandon() {
        Connection hanging = open;
        if (over || hanging == null) {
            over = true;
            return;
        }
        over = true;
        try {
            hanging.abort(Runnable::run);
            if (!hanging.isClosed()) {
                hanging.rollback();
                hanging.close();
            }
        } catch (SQLException e) {
            System.getLogger(InboxTransaction.class.getName())
                    .log(System.Logger.Level.WARNING, "a transaction that hangs could not be rolled back", e);
        }
    }

    private static FairleadException ended() {
        return new FairleadException(
                ErrorCode.TRANSACTION, "the transaction took longer than the time limit and was rolled back");
    }
}
