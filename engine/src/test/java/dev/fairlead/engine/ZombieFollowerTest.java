package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Events;
import dev.fairlead.api.Following;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole process is stopped while it follows a group, in the middle of a transaction or anywhere, and goes on as soon as another has taken
 * the group over, has begun to ship, or has shipped everything: it ends, though nothing more comes for it. A group has no lease: a newer
 * follower takes it over at once.
 */
@Tag("slow")
@Timeout(300)
class ZombieFollowerTest {
    private static final int PAUSES = 10;
    private static final int SALES = 600;
    private static final int MORE = 100;

    /** How far the successor is when the stopped one goes on. */
    private enum Until {
        TAKEN_OVER,
        BEGUN,
        ALL_SHIPPED
    }

    @TempDir
    Path folder;

    private final SoldHistory history = new SoldHistory();
    private int sold;

    @Test
    void aFollowerThatWasStoppedShipsNothingTwiceAndParksNothing() throws Exception {
        try (ServedShop shop = new ServedShop(folder)) {
            InboxChild.createTable(shop.database());
            Events<String, Sale> sales = shop.events("checkout");
            Events<String, Sale> shipping = shop.events("shipping");
            for (int pause = 0; pause < PAUSES; pause++) {
                sell(sales, SALES);
                int ships = 50 + new Random(pause).nextInt(200);
                boolean inTransaction = pause % 2 == 0;
                try (HeardChild child = InboxChild.start(shop, inTransaction ? ships : Integer.MAX_VALUE)) {
                    child.await(() ->
                            inTransaction ? child.said(InboxChild.THERE) > 0 : child.said(InboxChild.SHIPPED) >= ships);
                    pauseAndTakeOver(child, sales, shipping, shop, Until.values()[pause / 2 % Until.values().length]);
                }
            }
            try (Following<String, Sale> last = InboxChild.follow(shipping, shop.database())) {
                awaitDone(last);
                Verdict verdict =
                        history.handled(folder.resolve("history"), sales, InboxChild.shipped(shop.database()), last);

                assertThat(last.parked()).isNotEmpty();
                assertThat(verdict.witnesses()).isEmpty();
                assertThat(verdict.judged()).contains(Rule.A1, Rule.A2, Rule.A5, Rule.A7, Rule.A10, Rule.A15);
                assertThat(verdict.valid(5000, 0)).isTrue();
            }
        }
    }

    private void sell(Events<String, Sale> sales, int count) {
        for (int i = 0; i < count; i++) {
            history.sell(sales, "k" + sold % InboxChild.KEYS, sold);
            sold++;
        }
    }

    private static void awaitDone(Following<String, Sale> following) {
        await().atMost(HeardChild.PATIENCE)
                .until(() -> following.status().done().equals(following.status().end()));
    }

    /** All but what the stopped one may hold in its transactions: sixteen keys. */
    private void awaitAllShipped(Following<String, Sale> successor, ServedShop shop) {
        await().atMost(HeardChild.PATIENCE)
                .until(() -> InboxChild.shipped(shop.database()).size()
                                + successor.status().parked()
                        >= sold - SALES / 5);
    }

    private void pauseAndTakeOver(
            HeardChild child, Events<String, Sale> sales, Events<String, Sale> shipping, ServedShop shop, Until until)
            throws InterruptedException {
        child.pause();
        assertThat(child.said(InboxChild.LOST)).isZero();
        try (Following<String, Sale> successor = InboxChild.follow(shipping, shop.database())) {
            switch (until) {
                case TAKEN_OVER -> {}
                case BEGUN ->
                    await().atMost(HeardChild.PATIENCE)
                            .until(() -> successor.status().handled() > 0);
                case ALL_SHIPPED -> awaitAllShipped(successor, shop);
            }
            child.resume();
            child.tell();
            child.awaitSaid(InboxChild.LOST);
            sell(sales, MORE);
            awaitDone(successor);
            child.kill();
        }
    }
}
