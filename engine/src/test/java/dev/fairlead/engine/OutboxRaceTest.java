package dev.fairlead.engine;

import static dev.fairlead.engine.Relays.BRISK;
import static dev.fairlead.engine.Relays.awaitEmpty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.Page;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Overlapping transactions: what a relay publishes, and what two simpler ones would make of the same tables. */
@Tag("slow")
@Timeout(120)
class OutboxRaceTest {
    /** Three races together take about as long as the plan of faults asks (docs/proofs.md, R20). */
    private static final int EVENTS = 3000;

    private static final int TAKE_OVERS = 4;

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private Events<String, Sale> checkout() {
        return services.open("checkout", folder).events(SalePlan.SALES);
    }

    static Map<String, List<Integer>> log(Events<String, Sale> sales) {
        Map<String, List<Integer>> found = new TreeMap<>();
        Cursor cursor = sales.oldest();
        Page<String, Sale> page = sales.read(cursor, 1000);
        while (!page.next().equals(cursor)) {
            for (EventRecord<String, Sale> happened : page.records()) {
                found.computeIfAbsent(happened.key(), key -> new ArrayList<>())
                        .add(((ItemAdded) happened.event()).quantity());
            }
            cursor = page.next();
            page = sales.read(cursor, 1000);
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCommittedIsPublishedOnceInItsOrderWhileRelaysTakeOverFromEachOther(Databases kind) throws Exception {
        SalePlan.in(folder, "D1");
        DataSource database = kind.create();
        AtomicReference<Outbox<String, Sale>> writing =
                new AtomicReference<>(checkout().outbox(database, BRISK));
        RacingWriters writers = new RacingWriters(database, writing::get);
        AtomicInteger takeOvers = new AtomicInteger();
        Thread race = Thread.ofPlatform().daemon().start(() -> {
            try {
                writers.run(() -> takeOvers.get() >= TAKE_OVERS && writers.events() >= EVENTS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (race.isAlive()) {
            Outbox<String, Sale> next = checkout().outbox(database, BRISK);
            long before = next.statistics().published();
            Outbox<String, Sale> last = writing.getAndSet(next);
            await().atMost(Duration.ofMinutes(1)).until(() -> last.statistics().leading());
            race.join(300);
            last.close();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> next.statistics().published() > before || !race.isAlive());
            takeOvers.incrementAndGet();
        }
        race.join();
        awaitEmpty(writing.get()::statistics);

        assertThat(takeOvers.get()).isGreaterThanOrEqualTo(TAKE_OVERS);
        assertThat(writers.rolledBack.get()).isGreaterThan(20);
        assertThat(log(checkout())).isEqualTo(writers.committed());
    }

    /** The poller that goes by the place loses what commits late; the one that waits for older transactions swaps versions. */
    @Test
    void simplerRelaysAreCaughtOnTheSameTables() throws Exception {
        SalePlan.in(folder, "D1");
        DataSource database = Databases.POSTGRESQL.create();
        Outbox<String, Sale> outbox = checkout().outbox(database, BRISK);
        await().atMost(Duration.ofMinutes(1)).until(() -> outbox.statistics().leading());
        Databases.execute(
                database,
                "ALTER TABLE fairlead_outbox ADD COLUMN written xid8 DEFAULT pg_current_xact_id()",
                "UPDATE fairlead_outbox_items SET epoch = epoch + 1, lease_until = 9000000000000000000");
        await().atMost(Duration.ofMinutes(1)).until(() -> !outbox.statistics().leading());

        RacingWriters writers = new RacingWriters(database, () -> outbox);
        try (MutantPoller naive = MutantPoller.byPlace(database);
                MutantPoller waiting = MutantPoller.byTransaction(database)) {
            writers.run(() -> writers.events() >= EVENTS);
            naive.stop();
            waiting.stop();
            List<String> all = Databases.query(
                    database, "SELECT encode(record_key, 'escape'), version FROM fairlead_outbox ORDER BY place");

            assertThat(all).hasSize(writers.events());
            assertThat(naive.seen().size()).isBetween(1, all.size() * 95 / 100);
            assertThat(waiting.seen()).containsExactlyInAnyOrderElementsOf(all);
            assertThat(waiting.swapped()).isPositive();
            assertThat(MutantPoller.swapped(all)).isZero();
        }
        Databases.execute(database, "UPDATE fairlead_outbox_items SET lease_until = 0");
        awaitEmpty(outbox::statistics);
        assertThat(log(checkout())).isEqualTo(writers.committed());
    }
}
