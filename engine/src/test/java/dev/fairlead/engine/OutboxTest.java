package dev.fairlead.engine;

import static dev.fairlead.engine.Databases.commit;
import static dev.fairlead.engine.Refusals.refused;
import static dev.fairlead.engine.Relays.BRISK;
import static dev.fairlead.engine.Relays.awaitEmpty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.api.Page;
import dev.fairlead.api.Tables;
import dev.fairlead.api.Trace;
import dev.fairlead.api.TransactionalAction;
import dev.fairlead.engine.SalePlan.Closed;
import dev.fairlead.engine.SalePlan.CouponApplied;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OutboxTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    @BeforeEach
    void writePlan() {
        SalePlan.in(folder, "D1");
    }

    private Events<String, Sale> events(String service, TimeSource time) {
        return services.open(service, folder, time).events(SalePlan.SALES);
    }

    private Events<String, Sale> checkout() {
        return events("checkout", TimeSource.SYSTEM);
    }

    static Map<String, List<Sale>> log(Events<String, Sale> sales) {
        Map<String, List<Sale>> found = new TreeMap<>();
        Cursor cursor = sales.oldest();
        Page<String, Sale> page = sales.read(cursor, 1000);
        while (!page.next().equals(cursor)) {
            for (EventRecord<String, Sale> happened : page.records()) {
                found.computeIfAbsent(happened.key(), key -> new ArrayList<>()).add(happened.event());
                assertThat(happened.version())
                        .isEqualTo(found.get(happened.key()).size());
            }
            cursor = page.next();
            page = sales.read(cursor, 1000);
        }
        return found;
    }

    private static void append(DataSource database, Outbox<String, Sale> outbox, String key, int from, int to) {
        for (int i = from; i < to; i++) {
            Sale event = new ItemAdded("sku", i);
            commit(database, connection -> outbox.append(connection, key, event));
        }
    }

    private static List<Sale> added(int... numbers) {
        List<Sale> events = new ArrayList<>();
        for (int number : numbers) {
            events.add(new ItemAdded("sku", number));
        }
        return events;
    }

    @ParameterizedTest
    @EnumSource
    void aRolledBackEventIsNeverPublishedNorIsOneBehindASavepoint(Databases kind) {
        DataSource database = kind.create();
        Events<String, Sale> sales = checkout();
        sales.append("s1", new CouponApplied("appended directly"));
        Outbox<String, Sale> outbox = sales.outbox(database, BRISK);
        commit(database, connection -> {
            outbox.append(connection, "s1", new ItemAdded("sku", 1));
            connection.rollback();
            outbox.append(connection, "s1", new ItemAdded("sku", 2));
            var savepoint = connection.setSavepoint();
            outbox.append(connection, "s1", new ItemAdded("sku", 3));
            outbox.append(connection, "s2", new ItemAdded("sku", 4));
            connection.rollback(savepoint);
            outbox.append(connection, "s1", new Closed());
        });
        awaitEmpty(outbox::statistics);
        sales.append("s1", new CouponApplied("appended directly again"));

        assertThat(log(sales))
                .isEqualTo(Map.of(
                        "s1",
                        List.of(
                                new CouponApplied("appended directly"),
                                new ItemAdded("sku", 2),
                                new Closed(),
                                new CouponApplied("appended directly again"))));
        assertThat(outbox.statistics().published()).isEqualTo(2);
        assertThat(outbox.statistics().oldest()).isEqualTo(Duration.ZERO);
        assertThat(Databases.query(database, "SELECT count(*) FROM fairlead_outbox"))
                .containsExactly("0");
    }

    /** The relay fails each time when it would mark, so that everything stands in the log and waits to be marked. */
    @ParameterizedTest
    @EnumSource
    void whatWasPublishedAndNotMarkedIsRecognised(Databases kind) {
        DataSource database = kind.create();
        Unreliable unreliable = new Unreliable(database);
        unreliable.onStatement = sql -> {
            if (sql.startsWith("DELETE FROM fairlead_outbox WHERE place")) {
                throw new IllegalStateException("crash before the mark");
            }
        };
        Outbox<String, Sale> first = checkout().outbox(unreliable.source(), BRISK);
        append(database, first, "s1", 0, 3);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> first.statistics().failure().contains("crash before the mark"));
        append(database, first, "s2", 0, 3);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> log(checkout()).getOrDefault("s2", List.of()).size() == 3);
        first.close();

        Events<String, Sale> sales = checkout();
        Outbox<String, Sale> second = sales.outbox(database, BRISK);
        append(database, second, "s1", 3, 5);
        awaitEmpty(second::statistics);

        assertThat(second.statistics().recognised()).isEqualTo(6);
        assertThat(second.statistics().published()).isEqualTo(2);
        assertThat(log(sales)).isEqualTo(Map.of("s1", added(0, 1, 2, 3, 4), "s2", added(0, 1, 2)));
    }

    @ParameterizedTest
    @EnumSource
    void eventsAreNotTakenForRepetitionsWhenTheVersionsOfTheDatabaseBeginAnew(Databases kind) {
        DataSource database = kind.create();
        Events<String, Sale> sales = checkout();
        Outbox<String, Sale> outbox = sales.outbox(database, BRISK);
        append(database, outbox, "s1", 0, 5);
        awaitEmpty(outbox::statistics);
        Databases.execute(database, "DELETE FROM fairlead_outbox_keys");
        append(database, outbox, "s1", 5, 12);
        awaitEmpty(outbox::statistics);

        assertThat(log(sales)).isEqualTo(Map.of("s1", added(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)));
    }

    /** It stops between publish and mark, with the lock of the lease in hand, which the database takes from it. */
    @Test
    void aRelayThatIsStoppedLosesItsPlaceAndChangesNothingAfterwards() {
        DataSource database = Databases.POSTGRESQL.create();
        Unreliable stopping = new Unreliable(database);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        stopping.onStatement = sql -> {
            if (sql.startsWith("DELETE FROM fairlead_outbox WHERE place") && goOn.getCount() > 0) {
                stopped.countDown();
                awaitQuietly(goOn);
            }
        };
        OutboxSettings settings = BRISK.withLease(Duration.ofMillis(500));
        Outbox<String, Sale> first = checkout().outbox(stopping.source(), settings);
        append(database, first, "s1", 0, 3);
        awaitQuietly(stopped);
        Events<String, Sale> sales = checkout();
        Outbox<String, Sale> second = sales.outbox(database, settings);
        append(database, second, "s1", 3, 5);
        awaitEmpty(second::statistics);
        assertThat(second.statistics().recognised() + second.statistics().published())
                .isEqualTo(5);

        goOn.countDown();
        await().atMost(Duration.ofMinutes(1)).until(() -> !first.statistics().leading());
        second.close();
        append(database, first, "s1", 5, 6);
        awaitEmpty(first::statistics);
        assertThat(log(sales)).isEqualTo(Map.of("s1", added(0, 1, 2, 3, 4, 5)));
    }

    /** The older one comes to its mark while the newer one asks whether it has seen an event before: its answer must not change. */
    @ParameterizedTest
    @EnumSource
    void aRelayThatLostItsPlaceRemovesNothing(Databases kind) {
        DataSource database = kind.create();
        Unreliable older = new Unreliable(database);
        Unreliable newer = new Unreliable(database);
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        OutboxSettings settings = BRISK.withLease(Duration.ofMillis(500));
        Outbox<String, Sale> first = checkout().outbox(older.source(), settings);
        await().atMost(Duration.ofMinutes(1)).until(() -> first.statistics().leading());
        older.onStatement = sql -> {
            if (sql.startsWith("UPDATE fairlead_outbox_items SET lease_until")
                    && log(sales()).size() == 1) {
                stopped.countDown();
                awaitQuietly(goOn);
            }
        };
        commit(database, connection -> {
            for (Sale event : added(0, 1, 2)) {
                first.append(connection, "s1", event);
            }
        });
        awaitQuietly(stopped);
        newer.onStatement = sql -> {
            if (sql.startsWith("SELECT 1 FROM fairlead_outbox")) {
                goOn.countDown();
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> !first.statistics().leading()
                                || first.statistics().pending() == 0);
            }
        };
        Events<String, Sale> sales = checkout();
        Outbox<String, Sale> second = sales.outbox(newer.source(), settings);
        awaitEmpty(second::statistics);

        assertThat(second.statistics().recognised()).isEqualTo(3);
        assertThat(log(sales)).isEqualTo(Map.of("s1", added(0, 1, 2)));
    }

    private Events<String, Sale> sales() {
        return services.first().events(SalePlan.SALES);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatStaysOpenDelaysNothingButItsKeys(Databases kind) {
        DataSource database = kind.create();
        Events<String, Sale> sales = checkout();
        Outbox<String, Sale> outbox = sales.outbox(database, BRISK);
        commit(database, slow -> {
            outbox.append(slow, "s1", new ItemAdded("sku", 0));
            append(database, outbox, "s2", 0, 3);
            awaitEmpty(outbox::statistics);
            assertThat(log(sales)).isEqualTo(Map.of("s2", added(0, 1, 2)));
        });
        append(database, outbox, "s1", 1, 2);
        awaitEmpty(outbox::statistics);
        assertThat(log(sales)).isEqualTo(Map.of("s1", added(0, 1), "s2", added(0, 1, 2)));
    }

    /** The clock of the relay goes on, the database's does not: what counts for both is only that the transaction is open. */
    @ParameterizedTest
    @EnumSource
    void aTransactionThatIsIdleForAMinuteStopsNothingAndSwapsNothing(Databases kind) throws Exception {
        DataSource database = kind.create();
        SettableTime time = SettableTime.create();
        Events<String, Sale> sales = events("checkout", time);
        Outbox<String, Sale> outbox = sales.outbox(database, BRISK);
        Map<String, List<Sale>> expected = new TreeMap<>();
        CountDownLatch locked = new CountDownLatch(1);
        try (Connection idle = database.getConnection()) {
            idle.setAutoCommit(false);
            outbox.append(idle, "idle", new ItemAdded("sku", 0));
            Thread waiting = Thread.ofPlatform().daemon().start(() -> {
                locked.countDown();
                appendBehind(database, outbox);
            });
            locked.await();
            for (int second = 0; second < 60; second++) {
                append(database, outbox, "k" + second % 7, second, second + 1);
                expected.computeIfAbsent("k" + second % 7, key -> new ArrayList<>())
                        .add(new ItemAdded("sku", second));
                time.advance(Duration.ofSeconds(1));
                await().atMost(Duration.ofMinutes(1)).until(() -> {
                    time.advance(Duration.ofMillis(20));
                    return outbox.statistics().pending() == 0;
                });
                assertThat(outbox.statistics().leading()).isTrue();
            }
            assertThat(log(sales)).isEqualTo(expected);
            idle.commit();
            idle.setAutoCommit(true);
            waiting.join();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            time.advance(Duration.ofMillis(20));
            return log(sales).getOrDefault("idle", List.of()).size() == 2;
        });
        expected.put("idle", added(0, 1));
        assertThat(log(sales)).isEqualTo(expected);
        assertThat(outbox.statistics().held()).isZero();
    }

    /** Appends to the key that the idle transaction holds, which waits for that as long as the database lets it. */
    private static void appendBehind(DataSource database, Outbox<String, Sale> outbox) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    outbox.append(connection, "idle", new ItemAdded("sku", 1));
                    connection.commit();
                    return true;
                } catch (FairleadException lockTimeOut) {
                    connection.rollback();
                    return false;
                } finally {
                    connection.setAutoCommit(true);
                }
            }
        });
    }

    @Test
    void aKeyWhoseEventIsMissingWaitsAndIsTold() {
        DataSource database = Databases.H2.create();
        Events<String, Sale> sales = checkout();
        Outbox<String, Sale> outbox = sales.outbox(database, BRISK);
        append(database, outbox, "s1", 0, 1);
        awaitEmpty(outbox::statistics);
        commit(database, connection -> {
            for (int i = 1; i < 4; i++) {
                outbox.append(connection, "s1", new ItemAdded("sku", i));
            }
            outbox.append(connection, "s2", new ItemAdded("sku", 0));
            connection.createStatement().execute("DELETE FROM fairlead_outbox WHERE version = 2");
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> outbox.statistics().held() == 2);
        assertThat(log(sales)).isEqualTo(Map.of("s1", added(0), "s2", added(0)));

        Databases.execute(database, "UPDATE fairlead_outbox SET version = version - 1");
        Databases.execute(database, "UPDATE fairlead_outbox_keys SET version = 3 WHERE version = 4");
        append(database, outbox, "s1", 4, 5);
        awaitEmpty(outbox::statistics);
        assertThat(log(sales)).isEqualTo(Map.of("s1", added(0, 2, 3, 4), "s2", added(0)));
    }

    @Test
    void aFullOutboxRefusesUntilThereIsRoom() {
        DataSource database = Databases.H2.create();
        Unreliable unreliable = new Unreliable(database);
        unreliable.onStatement = sql -> {
            if (sql.startsWith("SELECT place, OCTET_LENGTH")) {
                throw new IllegalStateException("the relay does not get on");
            }
        };
        Events<String, Sale> sales = checkout();
        Outbox<String, Sale> outbox = sales.outbox(unreliable.source(), BRISK.withLimit(5));
        append(database, outbox, "s1", 0, 5);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> refused(
                        ErrorCode.STORAGE_FULL,
                        "5 unpublished events or more; the last attempt to publish: the relay does not get on",
                        () -> commit(database, connection -> outbox.append(connection, "s1", new Closed()))));
        assertThat(outbox.statistics().pending()).isGreaterThanOrEqualTo(5);
        assertThat(outbox.statistics().oldest()).isPositive();

        unreliable.onStatement = sql -> {};
        awaitEmpty(outbox::statistics);
        await().atMost(Duration.ofMinutes(1))
                .ignoreException(FairleadException.class)
                .until(() -> {
                    append(database, outbox, "s1", 5, 6);
                    return true;
                });
        awaitEmpty(outbox::statistics);
        assertThat(log(sales).get("s1")).endsWith(new ItemAdded("sku", 5));
    }

    @ParameterizedTest
    @EnumSource
    void keysWithoutNewEventsAreForgotten(Databases kind) {
        DataSource database = kind.create();
        SettableTime time = SettableTime.create();
        Events<String, Sale> sales = events("checkout", time);
        Outbox<String, Sale> outbox = sales.outbox(database, BRISK.withKeysKept(Duration.ofMillis(1)));
        append(database, outbox, "s1", 0, 3);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            outbox.wake();
            return outbox.statistics().pending() == 0;
        });
        assertThat(Databases.query(database, "SELECT version FROM fairlead_outbox_keys"))
                .containsExactly("3");
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            time.advance(Duration.ofMinutes(2));
            return Databases.query(database, "SELECT version FROM fairlead_outbox_keys")
                    .isEmpty();
        });
        append(database, outbox, "s1", 3, 5);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            time.advance(Duration.ofMillis(10));
            return outbox.statistics().pending() == 0;
        });
        assertThat(log(sales)).isEqualTo(Map.of("s1", added(0, 1, 2, 3, 4)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void theTraceOfTheTransactionReachesTheHandlerInItsOwn(int most) {
        DataSource database = Databases.H2.create();
        Outbox<String, Sale> outbox = checkout().outbox(database, BRISK);
        Trace trace = Trace.begin();
        Origin.of(trace).run(() -> append(database, outbox, "s1", 0, 1));
        List<Trace> seen = new CopyOnWriteArrayList<>();
        TransactionalAction<String, Sale> look = (connection, happened) ->
                seen.add(Origin.current().orElseThrow().trace());
        events("shipping", TimeSource.SYSTEM)
                .follow(
                        "labels",
                        most == 1
                                ? Handler.transactional(database, look)
                                : Handler.transactionalInBatches(database, most, look));
        await().atMost(Duration.ofMinutes(1)).until(() -> seen.size() == 1);

        assertThat(seen.getFirst().high()).isEqualTo(trace.high());
        assertThat(seen.getFirst().low()).isEqualTo(trace.low());
    }

    @ParameterizedTest
    @EnumSource
    void badCallsAreRefusedWithWhatToDo(Databases kind) throws SQLException {
        DataSource database = kind.create();
        Events<String, Sale> sales = checkout();
        refused(
                ErrorCode.DATABASE,
                "create it: CREATE TABLE",
                () -> sales.outbox(database, BRISK.withTables(Tables.EXPECT)));
        Outbox<String, Sale> outbox = sales.outbox(database, BRISK);
        sales.outbox(database, BRISK.withTables(Tables.EXPECT)).close();
        Sale event = new Closed();
        try (Connection connection = database.getConnection()) {
            refused(ErrorCode.TRANSACTION, "setAutoCommit(false)", () -> outbox.append(connection, "s1", event));
            connection.setAutoCommit(false);
            String longKey = "s".repeat(1025);
            refused(ErrorCode.BAD_VALUE, "1025 bytes", () -> outbox.append(connection, longKey, event));
            refused(ErrorCode.BAD_VALUE, "", () -> outbox.append(connection, "", event));
            Sale large = new CouponApplied("x".repeat(1 << 20));
            refused(ErrorCode.BAD_VALUE, "bytes", () -> outbox.append(connection, "s1", large));
            outbox.append(connection, "s".repeat(1024), new CouponApplied("x".repeat((1 << 20) - 100)));
            connection.commit();
            connection.setAutoCommit(true);
            connection.close();
            refused(ErrorCode.TRANSACTION, "connection is closed", () -> outbox.append(connection, "s1", event));
        }
        awaitEmpty(outbox::statistics);
        assertThat(log(sales)).containsOnlyKeys("s".repeat(1024));

        refused(
                ErrorCode.PLAN,
                "only its owner may",
                () -> events("shipping", TimeSource.SYSTEM).outbox(database));
        Databases.execute(database, "DROP TABLE fairlead_outbox_keys");
        refused(
                ErrorCode.DATABASE,
                "again with Tables.CREATE",
                () -> commit(database, connection -> {
                    outbox.append(connection, "s1", event);
                }));
        outbox.close();
        outbox.close();
        refused(
                ErrorCode.CLOSED,
                "closed",
                () -> commit(database, connection -> {
                    outbox.append(connection, "s1", event);
                }));
    }
}
