package dev.fairlead.engine;

import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * A process that sells through an outbox in an H2. Its last commit is made, and hangs while H2 writes it to its file; the process says so when
 * the relay has published it, or waits for H2 as well, and is to be killed then.
 */
final class HeldCommitChild {
    static final String PUBLISHED = "published";
    static final String WAITS = "waits";
    static final String KEY = "s";
    static final int KEPT = 3;

    private static final Duration LOOK = Duration.ofMillis(5);

    private HeldCommitChild() {}

    static void createTable(DataSource database) {
        Databases.execute(database, "CREATE TABLE sold (sale varchar(20), number int, PRIMARY KEY (sale, number))");
    }

    /** @param args the plan, and the file of the database */
    @SuppressWarnings("resource") // it ends by being killed
    public static void main(String[] args) throws InterruptedException {
        HeldFiles.register();
        DataSource database = Databases.of("jdbc:h2:" + HeldFiles.SCHEME + ":" + args[1] + ";WRITE_DELAY=0");
        createTable(database);
        OutboxSettings seldomRenewed =
                OutboxSettings.defaults().withPoll(Duration.ofMillis(10)).withLease(Duration.ofDays(1));
        Outbox<String, Sale> outbox = Opening.of("checkout", Path.of(args[0]))
                .open()
                .events(SalePlan.SALES)
                .outbox(database, seldomRenewed);
        for (int i = 0; i < KEPT; i++) {
            sell(database, outbox, () -> {});
        }
        while (outbox.statistics().pending() > 0) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        Thread.ofPlatform().daemon().start(() -> sell(database, outbox, HeldFiles::holdNextWrite));
        HeldFiles.awaitHeld();
        while (true) {
            if (outbox.statistics().published() > KEPT) {
                ParentJvm.say(PUBLISHED);
                break;
            }
            if (relayWaits()) {
                ParentJvm.say(WAITS);
                break;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        ParentJvm.awaitWord();
    }

    private static void sell(DataSource database, Outbox<String, Sale> outbox, Runnable beforeCommit) {
        Databases.commit(database, connection -> {
            outbox.append(connection, KEY, new ItemAdded("sku", OutboxChild.draw(connection, KEY)));
            beforeCommit.run();
        });
    }

    private static boolean relayWaits() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith(" relay"))
                .anyMatch(HeldFiles::isAwaitedBy);
    }
}
