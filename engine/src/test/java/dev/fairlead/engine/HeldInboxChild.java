package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Tables;
import dev.fairlead.engine.transaction.Inbox;
import dev.fairlead.engine.transaction.InboxNote;
import dev.fairlead.engine.transaction.InboxTransaction;
import dev.fairlead.testkit.process.ParentJvm;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * A process that handles an event in an H2, in a commit that hangs while H2 writes it to its file, and then gets the event again. It says when
 * it knows that one as handled, or waits for H2 as well, and is to be killed then.
 */
final class HeldInboxChild {
    static final String KNOWN = "known";
    static final String WAITS = "waits";

    private static final Duration LOOK = Duration.ofMillis(5);
    private static final List<InboxNote> NOTES = List.of(new InboxNote("k".getBytes(UTF_8), 1, 1));

    private HeldInboxChild() {}

    /** @param args the file of the database */
    public static void main(String[] args) throws InterruptedException {
        HeldFiles.register();
        DataSource database = Databases.of("jdbc:h2:" + HeldFiles.SCHEME + ":" + args[0] + ";WRITE_DELAY=0");
        InboxChild.createTable(database);
        Inbox inbox = Inbox.open(database, Tables.CREATE, "checkout.sale", "shipping.labels", Optional.empty());
        handle(inbox, connection -> {
            try (Statement insert = connection.createStatement()) {
                insert.execute("INSERT INTO shipped (place) VALUES (7)");
            }
            HeldFiles.holdNextWrite();
        });
        HeldFiles.awaitHeld();
        Thread again = handle(inbox, connection -> Runtime.getRuntime().halt(3));
        while (again.isAlive() && !HeldFiles.isAwaitedBy(again)) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        ParentJvm.say(again.isAlive() ? WAITS : KNOWN);
        ParentJvm.awaitWord();
    }

    private static Thread handle(Inbox inbox, InboxTransaction.Work work) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                inbox.transaction().run(NOTES, work);
            } catch (Exception e) {
                Runtime.getRuntime().halt(2);
            }
        });
    }
}
