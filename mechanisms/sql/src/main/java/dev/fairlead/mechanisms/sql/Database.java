package dev.fairlead.mechanisms.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.input.Credentials;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Transactions on a pool of connections. Each sees in every statement what is committed when the statement begins.
 *
 * <p>A transaction that failed before its commit left nothing, so it is tried again for half the time-out, when the server is away or it
 * had to give way to another. Only threads of the mechanism's work here: an interrupt of a caller's would break the connection.
 */
final class Database implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Database.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final long FIRST_PAUSE_NANOS = 2_000_000;
    private static final long LEAST_MILLIS = 250;

    private final SqlSettings settings;
    private final Dialect dialect;
    private final DataSource driver;
    private final HikariDataSource pool;
    /** How long one wait of a call may take: for a connection, for an answer; no new attempt begins after it. */
    private final Duration step;

    private volatile boolean closed;

    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    interface Task {
        void run(Connection connection) throws SQLException;
    }

    /** How a transaction ended whose commit got no answer. */
    private enum Commit {
        /** Nobody can tell, so it is an error. */
        ONCE,
        /** It does not matter, since to do it twice is as good as once. */
        AGAIN,
        /** As ONCE, for one statement that is a transaction of its own, one way to the server and back. */
        WITH_STATEMENT_ONCE,
        /** As AGAIN, for such a statement. */
        WITH_STATEMENT_AGAIN
    }

    Database(SqlSettings settings) {
        this.settings = settings;
        this.dialect = Dialect.of(settings.url());
        this.step = settings.timeout().dividedBy(2);
        this.driver = driver();
        HikariConfig config = new HikariConfig();
        config.setPoolName("fairlead-sql");
        config.setDataSource(driver);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMaximumPoolSize(dialect.connections(settings));
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(LEAST_MILLIS, step.toMillis()));
        config.setValidationTimeout(Math.max(LEAST_MILLIS, step.toMillis() / 2));
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(dialect.session(step));
        config.setIsolateInternalQueries(true); // else what a connection begins with ends with its first rollback
        this.pool = new HikariDataSource(config);
    }

    /** Not through the settings of the pool, which logs them and knows only one of them for a secret. */
    private DataSource driver() {
        Properties properties = new Properties();
        properties.putAll(dialect.properties(step));
        String keyPassword = settings.key().password();
        if (keyPassword != null) {
            properties.setProperty(dialect.keyPassword(), keyPassword);
        }
        Credentials login = settings.credentials();
        try {
            return new DriverDataSource(settings.url(), null, properties, login.user(), login.password());
        } catch (RuntimeException e) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    "mechanism sql: there is no driver for " + place() + " on the class path, or the address is wrong"
                            + " (add " + dialect.driver() + ")",
                    e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** The address without its parameters, for messages. */
    String place() {
        return settings.place();
    }

    /** Waits until the server answers, telling why it does not, for as long as the settings say. */
    void awaitServer() {
        long deadline = System.nanoTime() + settings.startWait().toNanos();
        while (true) {
            // The pool is told of a refusal too, and goes on trying until its time is up.
            try (Connection first = driver.getConnection();
                    Connection pooled = pool.getConnection()) {
                pooled.rollback();
                return;
            } catch (SQLException e) {
                FairleadException failure = Failures.of("opening", place(), e);
                if (failure.code() != ErrorCode.UNREACHABLE) {
                    throw failure;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new FairleadException(
                            failure.code(),
                            failure.getMessage() + " (waited for it; setting 'start-wait' is "
                                    + text(settings.startWait()) + ")",
                            e);
                }
                LOGGER.log(
                        Level.WARNING,
                        "waiting for {0}, at most {1}s more: {2}",
                        place(),
                        TimeUnit.NANOSECONDS.toSeconds(deadline - System.nanoTime()) + 1,
                        Failures.innermost(e).getMessage());
                LockSupport.parkNanos(LONGEST_PAUSE.toNanos());
            }
        }
    }

    /** As settings write it. */
    private static String text(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    /** Runs the work in one transaction; a commit that got no answer is OUTCOME_UNKNOWN. */
    <T> T once(String what, Work<T> work) {
        return transaction(what, Commit.ONCE, work);
    }

    /** Runs work that is one statement, as a transaction of its own; one that got no answer is OUTCOME_UNKNOWN. */
    <T> T statement(String what, Work<T> work) {
        return transaction(what, Commit.WITH_STATEMENT_ONCE, work);
    }

    /** Runs work that is one statement, as a transaction of its own that may as well run twice. */
    <T> T statementAgain(String what, Work<T> work) {
        return transaction(what, Commit.WITH_STATEMENT_AGAIN, work);
    }

    /** Runs work in one transaction that may as well run twice. */
    <T> T again(String what, Work<T> work) {
        return transaction(what, Commit.AGAIN, work);
    }

    /** Runs work that only reads. */
    <T> T read(String what, Work<T> work) {
        return transaction(what, Commit.AGAIN, work);
    }

    /** Runs a task that begins and ends its own transactions. */
    void alone(Task task) {
        try (Connection connection = pool.getConnection()) {
            task.run(connection);
        } catch (SQLException e) {
            throw failure("changing the tables", e);
        }
    }

    private <T> T transaction(String what, Commit commit, Work<T> work) {
        long deadline = System.nanoTime() + step.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                return attempt(what, commit, work);
            } catch (SQLException e) {
                boolean again = Failures.isAway(e) || Failures.isRolledBack(e);
                if (!again || closed || System.nanoTime() - deadline > 0) {
                    throw failure(what, e);
                }
                LockSupport.parkNanos(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
                pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
            }
        }
    }

    private FairleadException failure(String what, SQLException e) {
        return closed ? Failures.closed() : Failures.of(what, place(), e);
    }

    private <T> T attempt(String what, Commit commit, Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            if (commit == Commit.WITH_STATEMENT_ONCE || commit == Commit.WITH_STATEMENT_AGAIN) {
                return alone(what, connection, commit, work);
            }
            T result;
            try {
                result = work.run(connection);
            } catch (SQLException | RuntimeException | Error e) {
                undo(connection);
                throw e;
            }
            try {
                connection.commit();
            } catch (SQLException e) {
                undo(connection);
                if (commit == Commit.ONCE && isCutOff(connection, e)) {
                    throw Failures.unknown(what, place(), e);
                }
                throw e;
            }
            if (commit == Commit.AGAIN) {
                dialect.keepWhatWasSeen(connection);
            }
            return result;
        }
    }

    private <T> T alone(String what, Connection connection, Commit commit, Work<T> work) throws SQLException {
        connection.setAutoCommit(true); // until it is back in the pool
        try {
            return work.run(connection);
        } catch (SQLException e) {
            if (commit == Commit.WITH_STATEMENT_ONCE && isCutOff(connection, e)) {
                throw Failures.unknown(what, place(), e);
            }
            throw e;
        }
    }

    /** A server that goes down in the middle of a commit may give a reason first, such as a full disk. */
    private static boolean isCutOff(Connection connection, SQLException e) throws SQLException {
        return Failures.isAway(e) || connection.isClosed();
    }

    /** A connection that is broken has nothing to undo. */
    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            LOGGER.log(Level.DEBUG, "a rollback failed", broken);
        }
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
    }
}
