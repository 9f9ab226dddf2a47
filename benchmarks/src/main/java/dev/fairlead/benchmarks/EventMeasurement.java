package dev.fairlead.benchmarks;

import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Events that are appended and handled at once: by a handler that does nothing, beside a queue in memory; and by one that inserts a row
 * for each in a transaction with its inbox, beside the same inserts without any events.
 */
record EventMeasurement(Run run) {
    private static final String PLAIN = "events, appended and handled, kept at D1";
    private static final String QUEUE = "a queue in memory";
    private static final String FOLLOW = "fairlead append and follow";
    private static final String INBOX = "events, appended and put into H2 with an inbox";
    private static final String INSERTS = "the same inserts, nothing else";
    private static final String TRANSACTIONS = "fairlead, 1,000 in a transaction";
    private static final int KEYS = 10_000;
    private static final int BATCH = 1000;

    void measure(Measurements into) throws Exception {
        int count = run.of(1_000_000);
        Rates plain = Rates.measure(
                PLAIN, run, new Rounds<Double>().of(QUEUE, () -> queue(count)).of(FOLLOW, () -> follow(count)));
        plain.table(QUEUE, into);
        into.figure("events.perSecond", plain.of(FOLLOW));
        into.atLeast("events.perSecond", plain.of(FOLLOW), 200_000);
        int rows = run.of(300_000);
        Rates inbox = Rates.measure(
                INBOX,
                run,
                new Rounds<Double>().of(INSERTS, () -> inserts(rows)).of(TRANSACTIONS, () -> transactions(rows)));
        inbox.table(INSERTS, into);
        into.figure("events.inbox.perSecond", inbox.of(TRANSACTIONS));
        into.figure("events.inbox.ratioToReference", inbox.ratio(TRANSACTIONS, INSERTS));
        into.atLeast("events.inbox.perSecond", inbox.of(TRANSACTIONS), 50_000);
    }

    private static double queue(int count) throws Exception {
        BlockingQueue<Sales.Sale> queue = new LinkedBlockingQueue<>();
        long begin = System.nanoTime();
        Together.run(List.of(
                () -> {
                    for (int number = 0; number < count; number++) {
                        queue.put(Sales.event(number));
                    }
                    return null;
                },
                () -> {
                    for (int number = 0; number < count; number++) {
                        queue.take();
                    }
                    return null;
                }));
        return count / Seconds.since(begin);
    }

    private double follow(int count) throws Exception {
        LongAdder handled = new LongAdder();
        double rate = events(count, Handler.effect(happened -> handled.increment()));
        check(handled.sum(), count + warm(count));
        return rate;
    }

    private static int warm(int count) {
        return Math.max(1, count / 10);
    }

    /** The clock stops when everything is handled and the group's position says so. */
    private double events(int count, Handler<String, Sales.Sale> handler) throws Exception {
        try (Scratch scratch = run.scratch()) {
            Sales.writePlan(scratch.folder(), "D1");
            try (Fairlead shop = Sales.open("shop", scratch.folder());
                    Fairlead till = Sales.open("till", scratch.folder());
                    Following<String, Sales.Sale> following =
                            till.events(Sales.SALE).follow("measured", handler)) {
                Events<String, Sales.Sale> sales = shop.events(Sales.SALE);
                Sales.append(sales, warm(count), KEYS);
                Sales.awaitDone(following);
                long begin = System.nanoTime();
                Sales.append(sales, count, KEYS);
                Sales.awaitDone(following);
                return count / Seconds.since(begin);
            }
        }
    }

    private double inserts(int count) throws Exception {
        try (Scratch scratch = run.scratch()) {
            JdbcConnectionPool database = database(scratch.folder());
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                insert(connection, warm(count), 0);
                long begin = System.nanoTime();
                insert(connection, count, warm(count));
                return count / Seconds.since(begin);
            } finally {
                database.dispose();
            }
        }
    }

    private static void insert(Connection connection, int count, int from) throws SQLException {
        for (int number = 0; number < count; number++) {
            insert(connection, Sales.key(number % KEYS), from + number);
            if (number % BATCH == BATCH - 1) {
                connection.commit();
            }
        }
        connection.commit();
    }

    private static void insert(Connection connection, String key, long number) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into line values (?, ?, ?)")) {
            insert.setLong(1, number);
            insert.setString(2, key);
            insert.setString(3, "85123A");
            insert.executeUpdate();
        }
    }

    private double transactions(int count) throws Exception {
        try (Scratch scratch = run.scratch()) {
            JdbcConnectionPool database = database(scratch.folder());
            try {
                double rate = events(
                        count,
                        Handler.transactionalInBatches(
                                database,
                                BATCH,
                                (transaction, happened) -> insert(
                                        transaction,
                                        happened.key(),
                                        happened.position().offset())));
                check(rows(database), count + warm(count));
                return rate;
            } finally {
                database.dispose();
            }
        }
    }

    private static JdbcConnectionPool database(Path folder) throws SQLException {
        JdbcConnectionPool database = JdbcConnectionPool.create(
                "jdbc:h2:file:" + folder.resolve("h2").toAbsolutePath() + ";DB_CLOSE_DELAY=-1;WRITE_DELAY=0", "sa", "");
        try (Connection connection = database.getConnection();
                Statement create = connection.createStatement()) {
            create.execute("create table line (id bigint primary key, sale varchar(40), sku varchar(20))");
        }
        return database;
    }

    private static long rows(JdbcConnectionPool database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement count = connection.createStatement();
                var rows = count.executeQuery("select count(*) from line")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void check(long handled, long wanted) {
        if (handled != wanted) {
            throw new IllegalStateException("handled " + handled + " events of " + wanted);
        }
    }
}
