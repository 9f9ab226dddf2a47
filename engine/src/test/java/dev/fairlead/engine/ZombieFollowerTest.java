package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole process is stopped while it follows a group, in the middle of a transaction or anywhere, and goes on when another has taken the
 * group over. The logs lie in this process, which serves them to the other one.
 */
@Tag("slow")
@Timeout(300)
class ZombieFollowerTest {
    private static final int PAUSES = 10;
    private static final int SALES = 600;
    private static final int MORE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final SoldHistory history = new SoldHistory();
    private int sold;

    private static final class Ear {
        final AtomicInteger shipped = new AtomicInteger();
        volatile boolean there;
        volatile boolean lost;
        volatile boolean ended;

        void listen(ChildJvm child) {
            for (String line = child.line(); line != null; line = child.line()) {
                switch (line) {
                    case InboxChild.SHIPPED -> shipped.incrementAndGet();
                    case InboxChild.THERE -> there = true;
                    default -> lost |= line.equals(InboxChild.LOST);
                }
            }
            ended = true;
        }
    }

    @Test
    void aFollowerThatWasStoppedShipsNothingTwiceAndParksNothing() throws Exception {
        Path plan = SalePlan.in(folder, "D1");
        String url = Databases.urlOfNewPostgres();
        DataSource database = Databases.postgres(url);
        Databases.execute(database, "CREATE TABLE shipped (id bigint GENERATED ALWAYS AS IDENTITY, place bigint)");
        MechanismOpening opening =
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), plan, TimeSource.SYSTEM);
        try (EmbeddedMechanism logs = EmbeddedMechanism.open(opening);
                LogServer<EmbeddedMechanism> server = new LogServer<>(logs);
                Fairlead checkout = SalePlan.open("checkout", plan, TimeSource.SYSTEM);
                Fairlead shipping = SalePlan.open("shipping", plan, TimeSource.SYSTEM)) {
            Events<String, Sale> sales = checkout.events(SalePlan.SALES);
            for (int pause = 0; pause < PAUSES; pause++) {
                sell(sales, SALES);
                int ships = 50 + new Random(pause).nextInt(200);
                int stays = pause % 2 == 0 ? ships : Integer.MAX_VALUE;
                try (ChildJvm child = ChildJvm.of(InboxChild.class)
                        .start(plan.toString(), url, String.valueOf(server.port()), String.valueOf(stays))) {
                    pauseAndTakeOver(child, ships, pause % 2 == 0, sales, shipping.events(SalePlan.SALES), database);
                }
            }
            try (Following<String, Sale> last = follow(shipping.events(SalePlan.SALES), database)) {
                awaitDone(last);
                List<Long> effects = Databases.query(database, "SELECT place FROM shipped ORDER BY id").stream()
                        .map(Long::valueOf)
                        .toList();
                Verdict verdict = history.handled(folder.resolve("history"), sales, effects, last);

                assertThat(last.parked()).isNotEmpty();
                assertThat(verdict.witnesses()).isEmpty();
                assertThat(verdict.judged()).contains(Rule.A1, Rule.A2, Rule.A5, Rule.A7, Rule.A10, Rule.A15);
                assertThat(verdict.valid(5000, 0)).isTrue();
            }
        }
    }

    private void sell(Events<String, Sale> sales, int count) {
        for (int i = 0; i < count; i++) {
            String key = "k" + sold % InboxChild.KEYS;
            history.begun(key, sold);
            sales.append(key, new ItemAdded("sku", sold));
            history.committed(key, sold);
            sold++;
        }
    }

    private static Following<String, Sale> follow(Events<String, Sale> shipping, DataSource database) {
        return shipping.follow(
                "labels",
                Handler.transactional(database, (connection, happened) -> InboxChild.ship(connection, happened)),
                InboxChild.BRISK);
    }

    private static void awaitDone(Following<String, Sale> following) {
        await().atMost(PATIENCE)
                .until(() -> following.status().done().equals(following.status().end()));
    }

    private void pauseAndTakeOver(
            ChildJvm child,
            int ships,
            boolean inTransaction,
            Events<String, Sale> sales,
            Events<String, Sale> shipping,
            DataSource database)
            throws InterruptedException {
        Ear ear = new Ear();
        Thread listening = Thread.ofPlatform().daemon().start(() -> ear.listen(child));
        until(ear, () -> inTransaction ? ear.there : ear.shipped.get() >= ships);
        child.pause();
        assertThat(ear.lost).isFalse();
        try (Following<String, Sale> successor = follow(shipping, database)) {
            await().atMost(PATIENCE).until(() -> successor.status().handled() > 0);
            child.resume();
            child.tell();
            sell(sales, MORE); // some must be parked, by one of the two
            until(ear, () -> ear.lost);
            awaitDone(successor);
            child.kill();
            listening.join();
        }
    }

    private static void until(Ear ear, BooleanSupplier reached) {
        await().atMost(PATIENCE).until(() -> {
            assertThat(ear.ended).as("the child ended by itself").isFalse();
            return reached.getAsBoolean();
        });
    }
}
