package dev.fairlead.engine;

import dev.fairlead.api.Events;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.spi.TimeSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/**
 * A process that sells through an outbox and erases what it sold, key after key, until it is killed. It says to which key it
 * sells, which erasures it begins and which have returned, and that it has come to a place where it stays.
 */
final class OutboxErasingChild {
    static final String SELLS = "sells ";
    static final String BEGINS = "begins ";
    static final String RETURNED = "returned ";
    static final String THERE = "there";
    static final int EVENTS = 6;

    /** How many keys are erased before the place counts. */
    private static final int BEFORE = 2;

    /** Where the process stays. */
    enum Seam {
        BEFORE_COMMIT("DELETE FROM fairlead_outbox WHERE item"),
        BEFORE_PUBLISHING("SELECT place, OCTET_LENGTH"),
        BEFORE_MARKING("DELETE FROM fairlead_outbox WHERE place"),
        NOWHERE("nothing");

        final String statement;

        Seam(String statement) {
            this.statement = statement;
        }
    }

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final DataSource database;
    private final Outbox<String, Sale> outbox;
    private final Events<String, Sale> sales;
    private final int first;
    private volatile boolean armed;

    private OutboxErasingChild(Path plan, String url, Seam seam, int first) {
        this.database = Databases.of(url);
        this.first = first;
        Unreliable watched = new Unreliable(database);
        watched.onStatement = sql -> {
            if (armed && sql.startsWith(seam.statement) && (seam == Seam.BEFORE_COMMIT || erasureWaits(url))) {
                say(THERE);
                stay();
            }
        };
        this.sales = SalePlan.open("checkout", plan, TimeSource.SYSTEM).events(SalePlan.SALES);
        OutboxSettings brisk =
                OutboxSettings.defaults().withPoll(Duration.ofMillis(20)).withLease(Duration.ofMillis(500));
        this.outbox = sales.outbox(watched.source(), brisk);
    }

    /** Ends when it cannot go on: whoever reads what it says would wait for ever. */
    public static void main(String[] args) {
        try {
            new OutboxErasingChild(Path.of(args[0]), args[1], Seam.valueOf(args[2]), Integer.parseInt(args[3])).run();
        } catch (SQLException | RuntimeException e) {
            System.getLogger(OutboxErasingChild.class.getName()).log(System.Logger.Level.ERROR, "cannot go on", e);
            Runtime.getRuntime().halt(4);
        }
    }

    /** What stands in every event of a key that is to be erased. */
    static String marker(int number) {
        return "marker<" + number + ">";
    }

    private void run() throws SQLException {
        for (int i = first; ; i++) {
            say(SELLS + i);
            sell("k" + i, marker(i), EVENTS / 2);
            while (outbox.statistics().pending() > 0) {
                Thread.onSpinWait();
            }
            sell("k" + i, marker(i), EVENTS - EVENTS / 2); // these may wait when the key is erased
            sell("keep-" + i, "kept", 1);
            // From here on, since an erasure that begins between the relay's look for one and its reading passes by.
            armed = i >= first + BEFORE;
            say(BEGINS + i);
            sales.erase("k" + i);
            say(RETURNED + i);
        }
    }

    private void sell(String key, String sku, int events) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < events; i++) {
                outbox.append(connection, key, new ItemAdded(sku, i));
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    /** And is kept: H2 shows what was committed before that is in its file, and a kill in between takes it back. */
    private boolean erasureWaits(String url) {
        boolean waits = !Databases.query(database, "SELECT 1 FROM fairlead_outbox WHERE event_type = ''")
                .isEmpty();
        if (waits && url.startsWith("jdbc:h2:")) {
            Databases.execute(database, "CHECKPOINT SYNC");
        }
        return waits;
    }

    private static void stay() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private void say(String what) {
        try {
            out.write((what + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            Runtime.getRuntime().halt(3);
        }
    }
}
