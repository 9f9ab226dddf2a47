package dev.fairlead.engine;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A process that sells through an outbox until it is killed. It says what it begins and commits, each with key and number, when its relay
 * marks as one that leads and when it gives the lead up, and that this has come to a place where it stays until it is told to go on.
 */
final class OutboxChild {
    static final String BEGUN = "begun";
    static final String COMMITTED = "committed";
    static final String THERE = "there";
    static final String LEADS = "leads";
    static final String LOST = "lost";
    static final int WRITERS = 3;
    static final Duration LEASE = Duration.ofMillis(200);

    /** Only in another process's logs can a relay be stopped before one append. */
    static final String NO_PORT = "0";

    private static final CountDownLatch GO_ON = new CountDownLatch(1);
    private static final String LEAVE = "UPDATE fairlead_outbox_items SET lease_until = 0";
    private static final String MARK = "UPDATE fairlead_outbox_items SET lease_until = ";

    /** Where the relay stays. */
    enum Seam {
        BEFORE_PUBLISHING("SELECT place, OCTET_LENGTH"),
        BEFORE_MARKING("DELETE FROM fairlead_outbox WHERE place"),
        BEFORE_APPENDING("nothing"),
        NOWHERE("nothing");

        final String statement;

        Seam(String statement) {
            this.statement = statement;
        }
    }

    private OutboxChild() {}

    @SuppressWarnings("resource") // it ends by being killed
    public static void main(String[] args) {
        Path plan = Path.of(args[0]);
        DataSource database = Databases.postgres(args[1]);
        Seam seam = Seam.valueOf(args[2]);
        AtomicInteger looks = new AtomicInteger();
        Unreliable watched = staying(database, seam, looks);
        Fairlead checkout = args[3].equals(NO_PORT)
                ? Opening.of("checkout", plan).open()
                : Opening.of("checkout", plan)
                        .mechanism(new DistantLogs("embedded", Integer.parseInt(args[3]), () -> {
                            if (seam == Seam.BEFORE_APPENDING) {
                                stayAtTheFifth(looks);
                            }
                        }))
                        .open();
        Outbox<String, Sale> outbox = checkout.events(SalePlan.SALES)
                .outbox(
                        watched.source(),
                        OutboxSettings.defaults()
                                .withPoll(Duration.ofMillis(20))
                                .withLease(LEASE));
        for (int writer = 0; writer < WRITERS; writer++) {
            String key = "s" + writer;
            Thread.ofPlatform().daemon().start(() -> sell(database, outbox, key));
        }
        ParentJvm.awaitWord();
        GO_ON.countDown();
        ParentJvm.awaitWord();
    }

    /** The database, where the relay stays when it comes to the seam for the fifth time. */
    static Unreliable staying(DataSource database, Seam seam, AtomicInteger looks) {
        Unreliable watched = new Unreliable(database);
        watched.onStatement = sql -> {
            if (sql.startsWith(LEAVE)) {
                ParentJvm.say(LOST);
            } else if (sql.startsWith(MARK)) {
                ParentJvm.say(LEADS);
            }
            if (sql.startsWith(seam.statement)) {
                stayAtTheFifth(looks);
            }
        };
        return watched;
    }

    private static void stayAtTheFifth(AtomicInteger looks) {
        if (looks.incrementAndGet() != 5) {
            return;
        }
        ParentJvm.say(THERE);
        try {
            GO_ON.await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void sell(DataSource database, Outbox<String, Sale> outbox, String key) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            while (true) {
                int number = draw(connection, key);
                ParentJvm.say(BEGUN + " " + key + " " + number);
                outbox.append(connection, key, new ItemAdded("sku", number));
                connection.commit();
                ParentJvm.say(COMMITTED + " " + key + " " + number);
            }
        } catch (SQLException e) {
            Runtime.getRuntime().halt(2);
        }
    }

    /** The key's next number, noted as sold in the transaction. */
    static int draw(Connection connection, String key) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            var last = statement.executeQuery("SELECT COALESCE(MAX(number), 0) FROM sold WHERE sale = '" + key + "'");
            last.next();
            int number = last.getInt(1) + 1;
            statement.execute("INSERT INTO sold VALUES ('" + key + "', " + number + ")");
            return number;
        }
    }
}
