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
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole process is stopped while it leads the relay of an outbox, and goes on when another has taken over: at each seam of a
 * publication and anywhere. The log lies in this process, which serves it to the other one; database and tables are shared.
 */
@Tag("slow")
@Timeout(300)
class ZombieRelayTest {
    private static final int PAUSES = 12;
    private static final int COMMITS_BEFORE = 60;
    private static final int COMMITS_AFTER = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final OutboxSettings BRISK =
            OutboxSettings.defaults().withPoll(Duration.ofMillis(20)).withLease(Duration.ofMillis(500));

    @TempDir
    Path folder;

    private final SoldHistory history = new SoldHistory();

    /** What a child has said so far. */
    private final class Ear {
        final AtomicInteger commits = new AtomicInteger();
        volatile boolean there;
        volatile boolean lost;
        volatile boolean ended;

        void listen(ChildJvm child) {
            for (String line = child.line(); line != null; line = child.line()) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case OutboxChild.BEGUN -> history.begun(words[1], Integer.parseInt(words[2]));
                    case OutboxChild.COMMITTED -> {
                        history.committed(words[1], Integer.parseInt(words[2]));
                        commits.incrementAndGet();
                    }
                    case OutboxChild.THERE -> there = true;
                    default -> lost |= line.equals(OutboxChild.LOST);
                }
            }
            ended = true;
        }
    }

    @Test
    void aRelayThatWasStoppedPublishesNothingTwiceAndNothingUnderItsOldEpoch() throws Exception {
        Path plan = SalePlan.in(folder, "D1");
        String url = Databases.urlOfNewPostgres();
        DataSource database = Databases.postgres(url);
        Databases.execute(database, "CREATE TABLE sold (sale varchar(20), number int, PRIMARY KEY (sale, number))");
        MechanismOpening opening =
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), plan, TimeSource.SYSTEM);
        try (EmbeddedMechanism logs = EmbeddedMechanism.open(opening);
                LogServer<EmbeddedMechanism> server = new LogServer<>(logs)) {
            for (int pause = 0; pause < PAUSES; pause++) {
                pauseAndTakeOver(plan, url, database, server.port(), Seam.values()[pause % Seam.values().length]);
            }
            try (Fairlead checkout = SalePlan.open("checkout", plan, TimeSource.SYSTEM)) {
                Verdict verdict = history.published(folder.resolve("history"), checkout.events(SalePlan.SALES), logs);

                assertThat(verdict.witnesses()).isEmpty();
                assertThat(verdict.judged())
                        .contains(Rule.A1, Rule.A2, Rule.A5, Rule.A6, Rule.A7, Rule.A10, Rule.A11, Rule.A15);
                assertThat(verdict.valid(PAUSES * (long) (COMMITS_BEFORE + COMMITS_AFTER), 0))
                        .isTrue();
            }
        }
    }

    private void pauseAndTakeOver(Path plan, String url, DataSource database, int port, Seam seam) throws Exception {
        Ear ear = new Ear();
        try (ChildJvm child =
                ChildJvm.of(OutboxChild.class).start(plan.toString(), url, seam.name(), String.valueOf(port))) {
            Thread listening = Thread.ofPlatform().daemon().start(() -> ear.listen(child));
            until(ear, () -> seam == Seam.NOWHERE ? ear.commits.get() >= COMMITS_BEFORE : ear.there);
            until(ear, () -> ear.commits.get() >= COMMITS_BEFORE);
            assertThat(ear.lost).isFalse();
            child.pause();
            try (Fairlead checkout = SalePlan.open("checkout", plan, TimeSource.SYSTEM)) {
                Events<String, Sale> sales = checkout.events(SalePlan.SALES);
                Outbox<String, Sale> outbox = sales.outbox(database, BRISK);
                for (int i = 0; i < COMMITS_AFTER; i++) {
                    sell(database, outbox, "p" + i % 3);
                }
                until(
                        ear,
                        () -> outbox.statistics().leading()
                                && outbox.statistics().published() > 0);
                int before = ear.commits.get();

                child.resume();
                child.tell();
                until(ear, () -> ear.lost);
                until(ear, () -> ear.commits.get() >= before + COMMITS_AFTER);
                child.kill();
                listening.join();

                await().atMost(PATIENCE).until(() -> outbox.statistics().pending() == 0);
                assertThat(outbox.statistics().leading()).isTrue();
            }
        }
    }

    private static void until(Ear ear, BooleanSupplier reached) {
        await().atMost(PATIENCE).until(() -> {
            assertThat(ear.ended).as("the child ended by itself").isFalse();
            return reached.getAsBoolean();
        });
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
