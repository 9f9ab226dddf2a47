package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.engine.OutboxChild.Seam;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole process is stopped while it leads the relay of an outbox, at each seam of a publication and anywhere, for a part of its lease,
 * for all of it and for several times as long; then it goes on beside the one that waits for the lead, or has it. The log lies in this process,
 * which serves it to the other one; database and tables are shared.
 */
@Tag("slow")
@Timeout(300)
class ZombieRelayTest {
    private static final int PAUSES = 12;
    private static final int TRIES = 5;
    private static final int COMMITS_BEFORE = 60;
    private static final int COMMITS_AFTER = 60;

    /** In percent of the lease: of the usual one of ten seconds these are 5, 10, 30 and 90. */
    private static final int[] LENGTHS = {50, 100, 300, 900};

    private static final OutboxSettings BRISK =
            OutboxSettings.defaults().withPoll(Duration.ofMillis(20)).withLease(OutboxChild.LEASE);

    @TempDir
    Path folder;

    private final SoldHistory history = new SoldHistory();

    @Test
    void aRelayThatWasStoppedPublishesNothingTwiceAndNothingUnderItsOldEpoch() throws Exception {
        try (ServedShop shop = new ServedShop(folder)) {
            Databases.execute(
                    shop.database(), "CREATE TABLE sold (sale varchar(20), number int, PRIMARY KEY (sale, number))");
            for (int pause = 0; pause < PAUSES; pause++) {
                int length = LENGTHS[(pause + pause / LENGTHS.length) % LENGTHS.length]; // each at each seam but one
                Seam seam = Seam.values()[pause % Seam.values().length];
                Random random = new Random(pause);
                boolean done = false;
                for (int tried = 0; !done && tried < TRIES; tried++) {
                    done = pauseAndTakeOver(shop, seam, length, random);
                }
                assertThat(done)
                        .as("one that leads until it is paused, at %s", seam)
                        .isTrue();
            }
            try (Fairlead checkout = shop.open("checkout")) {
                Verdict verdict =
                        history.published(folder.resolve("history"), checkout.events(SalePlan.SALES), shop.logs());

                assertThat(verdict.witnesses()).isEmpty();
                assertThat(verdict.judged())
                        .contains(Rule.A1, Rule.A2, Rule.A5, Rule.A6, Rule.A7, Rule.A10, Rule.A11, Rule.A15);
                assertThat(verdict.valid(PAUSES * (long) (COMMITS_BEFORE + COMMITS_AFTER), 0))
                        .isTrue();
            }
        }
    }

    @Test
    void aRelayThatIsStoppedWhileItTakesTheLeadKeepsTheOthersWaitingForItsLeaseAtMost() throws Exception {
        CountDownLatch taking = new CountDownLatch(1);
        Semaphore goOn = new Semaphore(0);
        try (ServedShop shop = new ServedShop(folder);
                Fairlead stopped = shop.open("checkout")) {
            Unreliable watched = new Unreliable(shop.database());
            watched.onStatement = sql -> {
                if (sql.startsWith("SELECT epoch FROM fairlead_outbox_items")) {
                    taking.countDown();
                    goOn.acquireUninterruptibly();
                }
            };
            Outbox<String, Sale> first =
                    stopped.events(SalePlan.SALES).outbox(watched.source(), BRISK.withPoll(Duration.ofHours(1)));
            taking.await();
            try (Fairlead checkout = shop.open("checkout")) {
                Outbox<String, Sale> next = checkout.events(SalePlan.SALES).outbox(shop.database(), BRISK);
                await().atMost(HeardChild.PATIENCE)
                        .until(() -> next.statistics().leading());
                goOn.release();

                await().atMost(HeardChild.PATIENCE)
                        .until(() -> first.statistics().failure().contains("idle-in-transaction"));
            } finally {
                goOn.release(); // the close waits for it
            }
        }
    }

    /** Varied by a tenth. */
    private static Duration length(int percent, Random random) {
        return OutboxChild.LEASE
                .multipliedBy(percent * 10L + random.nextInt(-percent, percent + 1))
                .dividedBy(1000);
    }

    /** False when the child had lost the lead before, as on a machine that stood still for longer than its lease. */
    private boolean pauseAndTakeOver(ServedShop shop, Seam seam, int percent, Random random) throws Exception {
        try (HeardChild child = new HeardChild(
                ChildJvm.of(OutboxChild.class)
                        .start(shop.plan().toString(), shop.url(), seam.name(), String.valueOf(shop.port())),
                this::heard)) {
            child.awaitSaid(seam == Seam.NOWHERE ? OutboxChild.LEADS : OutboxChild.THERE);
            child.await(() -> child.said(OutboxChild.COMMITTED) >= COMMITS_BEFORE);
            child.pause();
            if (child.said(OutboxChild.LOST) > 0) {
                child.kill();
                return false;
            }
            long pauseEnds = System.nanoTime() + length(percent, random).toNanos();
            try (Fairlead checkout = shop.open("checkout")) {
                Events<String, Sale> sales = checkout.events(SalePlan.SALES);
                Outbox<String, Sale> outbox = sales.outbox(shop.database(), BRISK);
                for (int i = 0; i < COMMITS_AFTER; i++) {
                    sell(shop.database(), outbox, "p" + i % 3);
                }
                child.await(() -> System.nanoTime() >= pauseEnds);
                boolean replaced = percent > 100;
                if (replaced) {
                    child.await(() ->
                            outbox.statistics().leading() && outbox.statistics().published() > 0);
                }
                int before = child.said(OutboxChild.COMMITTED);

                child.resume();
                child.tell();
                if (replaced) {
                    child.awaitSaid(OutboxChild.LOST);
                }
                child.await(() -> child.said(OutboxChild.COMMITTED) >= before + COMMITS_AFTER);
                child.kill();

                await().atMost(HeardChild.PATIENCE)
                        .until(() -> outbox.statistics().leading()
                                && outbox.statistics().pending() == 0);
            }
            return true;
        }
    }

    private void heard(String[] words) {
        switch (words[0]) {
            case OutboxChild.BEGUN -> history.begun(words[1], Integer.parseInt(words[2]));
            case OutboxChild.COMMITTED -> history.committed(words[1], Integer.parseInt(words[2]));
            default -> {}
        }
    }

    private void sell(DataSource database, Outbox<String, Sale> outbox, String key) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            int number = OutboxChild.draw(connection, key);
            history.begun(key, number);
            outbox.append(connection, key, new ItemAdded("sku", number));
            connection.commit();
            history.committed(key, number);
        }
    }
}
