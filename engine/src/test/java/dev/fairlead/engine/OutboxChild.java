package dev.fairlead.engine;

import dev.fairlead.api.Fairlead;
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
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A process that sells through an outbox until it is killed. It says each commit, and that its relay has come to a place where it
 * stays: before it publishes what was saved, or before it marks what was published.
 */
final class OutboxChild {
    static final String COMMITTED = "committed";
    static final String THERE = "there";
    static final int WRITERS = 3;

    /** Where the relay stays. */
    enum Seam {
        BEFORE_PUBLISHING("SELECT place, OCTET_LENGTH"),
        BEFORE_MARKING("DELETE FROM fairlead_outbox WHERE place"),
        NOWHERE("nothing");

        final String statement;

        Seam(String statement) {
            this.statement = statement;
        }
    }

    private OutboxChild() {}

    @SuppressWarnings("resource") // it ends by being killed
    public static void main(String[] args) throws IOException {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        Seam seam = Seam.valueOf(args[2]);
        DataSource database = Databases.postgres(args[1]);
        Unreliable watched = staying(database, seam, out);
        Fairlead checkout = SalePlan.open("checkout", Path.of(args[0]), TimeSource.SYSTEM);
        Outbox<String, Sale> outbox = checkout.events(SalePlan.SALES)
                .outbox(
                        watched.source(),
                        OutboxSettings.defaults()
                                .withPoll(Duration.ofMillis(20))
                                .withLease(Duration.ofMillis(500)));
        for (int writer = 0; writer < WRITERS; writer++) {
            String key = "s" + writer;
            Thread.ofPlatform().daemon().start(() -> sell(database, outbox, key, out));
        }
        if (System.in.read() < 0) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** The database, where the relay stays when it comes to the seam for the fifth time. */
    static Unreliable staying(DataSource database, Seam seam, FileOutputStream out) {
        Unreliable watched = new Unreliable(database);
        AtomicInteger looks = new AtomicInteger();
        watched.onStatement = sql -> {
            if (sql.startsWith(seam.statement) && looks.incrementAndGet() == 5) {
                stay(out);
            }
        };
        return watched;
    }

    private static void stay(FileOutputStream out) {
        say(out, THERE);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void sell(DataSource database, Outbox<String, Sale> outbox, String key, FileOutputStream out) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (true) {
                var last =
                        statement.executeQuery("SELECT COALESCE(MAX(number), 0) FROM sold WHERE sale = '" + key + "'");
                last.next();
                int number = last.getInt(1) + 1;
                statement.execute("INSERT INTO sold VALUES ('" + key + "', " + number + ")");
                outbox.append(connection, key, new ItemAdded("sku", number));
                connection.commit();
                say(out, COMMITTED);
            }
        } catch (SQLException e) {
            Runtime.getRuntime().halt(2);
        }
    }

    static void say(FileOutputStream out, String what) {
        try {
            out.write((what + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            Runtime.getRuntime().halt(3);
        }
    }
}
