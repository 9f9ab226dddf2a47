package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys are erased while they are written to: what was committed before is gone, what comes after is complete and in order. */
@Tag("slow")
@Timeout(120)
class OutboxErasureRaceTest {
    private static final int KEYS = 4;
    private static final int ERASURES = 24;
    private static final long PACE = 1_000_000;
    private static final OutboxSettings BRISK =
            OutboxSettings.defaults().withPoll(Duration.ofMillis(5)).withLease(Duration.ofSeconds(2));

    @TempDir
    Path folder;

    private final Map<String, Integer> committed = new ConcurrentHashMap<>();
    private volatile boolean over;

    @ParameterizedTest
    @EnumSource
    void whatWasCommittedBeforeAnErasureIsGoneAndNothingElse(Databases kind) {
        SalePlan.in(folder, "D1");
        DataSource database = kind.create();
        try (Fairlead checkout = SalePlan.open("checkout", folder, TimeSource.SYSTEM)) {
            Events<String, Sale> sales = checkout.events(SalePlan.SALES);
            Outbox<String, Sale> outbox = sales.outbox(database, BRISK);
            List<CompletableFuture<Void>> writers = IntStream.range(0, KEYS)
                    .mapToObj(key -> CompletableFuture.runAsync(
                            () -> write(database, outbox, "s" + key),
                            task -> Thread.ofPlatform().daemon().start(task)))
                    .toList();
            Map<String, Integer> erasedTo = new ConcurrentHashMap<>();
            Map<String, Integer> keptFrom = new ConcurrentHashMap<>();
            for (int i = 0; i < ERASURES; i++) {
                String key = "s" + i % KEYS;
                int seen = committed.getOrDefault(key, 0);
                await().atMost(Duration.ofMinutes(1)).until(() -> committed.getOrDefault(key, 0) > seen + 2);
                erasedTo.put(key, committed.get(key));
                assertThat(sales.erase(key).complete()).isTrue();
                keptFrom.put(key, committed.get(key) + 2);
                for (int event : OutboxRaceTest.log(sales).getOrDefault(key, List.of())) {
                    assertThat(event).as("an event of %s", key).isGreaterThan(erasedTo.get(key));
                }
            }
            over = true;
            writers.forEach(CompletableFuture::join);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> outbox.statistics().pending() == 0);

            assertThat(outbox.statistics().held()).isZero();
            OutboxRaceTest.log(sales).forEach((key, events) -> {
                List<Integer> inOrder = new ArrayList<>();
                for (int event = events.getFirst(); event <= committed.get(key); event++) {
                    inOrder.add(event);
                }
                assertThat(events).as("events of %s", key).isEqualTo(inOrder);
                assertThat(events.getFirst())
                        .as("the first of %s", key)
                        .isBetween(erasedTo.get(key) + 1, keptFrom.get(key));
            });
        }
    }

    /** Of one event, the commit and the note that it is committed have an erasure between them at most. */
    private void write(DataSource database, Outbox<String, Sale> outbox, String key) {
        for (int i = 1; !over; i++) {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                outbox.append(connection, key, new ItemAdded("sku", i));
                connection.commit();
                connection.setAutoCommit(true);
                committed.put(key, i);
                outbox.wake();
                LockSupport.parkNanos(PACE);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}
