package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.api.Position;
import dev.fairlead.api.Tables;
import dev.fairlead.api.TransactionalAction;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class InboxTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final FailurePolicy BRISK =
            new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20));

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private Events<String, Sale> sales;

    @BeforeEach
    void writePlan() {
        SalePlan.in(folder, "D1");
        sales = events("checkout");
    }

    private Events<String, Sale> events(String service) {
        return services.open(service, folder).events(SalePlan.SALES);
    }

    private void append(String prefix, int keys, int from, int to) {
        List<CompletableFuture<?>> appended = new ArrayList<>();
        for (int i = from; i < to; i++) {
            appended.add(sales.appendAsync(prefix + i % keys, new ItemAdded("sku", i)));
        }
        appended.forEach(CompletableFuture::join);
    }

    private static DataSource database(Databases kind) {
        DataSource database = kind.create();
        Databases.execute(
                database,
                "CREATE TABLE shipped (id bigint GENERATED ALWAYS AS IDENTITY, name varchar(20), version bigint, quantity int)");
        return database;
    }

    private static void ship(Connection connection, EventRecord<String, Sale> happened) throws Exception {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO shipped (name, version, quantity) VALUES (?, ?, ?)")) {
            insert.setString(1, happened.key());
            insert.setLong(2, happened.version());
            insert.setInt(3, number(happened));
            insert.executeUpdate();
        }
    }

    private static int number(EventRecord<String, Sale> happened) {
        return ((ItemAdded) happened.event()).quantity();
    }

    private static Handler<String, Sale> handler(
            DataSource database, int most, TransactionalAction<String, Sale> action) {
        return most == 1
                ? Handler.transactional(database, action)
                : Handler.transactionalInBatches(database, most, action);
    }

    private static List<String> rows(DataSource database, String columns) {
        return Databases.query(database, "SELECT " + columns + " FROM shipped ORDER BY " + columns);
    }

    private void awaitDone(Following<String, Sale> following) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(following.status().done())
                        .isEqualTo(following.status().end()));
    }

    /** Followers end in the middle of their work, with transactions under way, and others take over. */
    @ParameterizedTest
    @CsvSource({"H2, 1", "H2, 50", "POSTGRESQL, 1", "POSTGRESQL, 50"})
    void eachEventTakesEffectOnceAndInOrderWhileFollowersTakeOver(Databases kind, int most) {
        DataSource database = database(kind);
        append("s", 40, 0, 1500);
        Events<String, Sale> shipping = events("shipping");
        AtomicInteger attempts = new AtomicInteger();
        for (int round = 1; round < 5; round++) {
            int enough = round * 250;
            CountDownLatch middle = new CountDownLatch(1);
            Following<String, Sale> follower =
                    shipping.follow("labels", handler(database, most, (connection, happened) -> {
                        ship(connection, happened);
                        if (attempts.incrementAndGet() >= enough) {
                            middle.countDown();
                            new CountDownLatch(1).await(); // until it is interrupted by the close
                        }
                    }));
            await().atMost(SOON).until(() -> middle.getCount() == 0);
            follower.close();
        }
        Following<String, Sale> last = shipping.follow("labels", handler(database, most, InboxTest::ship));
        awaitDone(last);

        assertThat(rows(database, "quantity")).hasSize(1500).doesNotHaveDuplicates();
        assertThat(last.status().parked()).isZero();
        assertThat(Databases.query(database, "SELECT count(*), sum(version) FROM fairlead_inbox"))
                .containsExactly("40 1500");
    }

    /** The position is durable only later than the effect, so that events come again after a kill; here all of them do. */
    @ParameterizedTest
    @CsvSource({"H2, 1", "H2, 50", "POSTGRESQL, 1", "POSTGRESQL, 50"})
    void whatComesAgainIsRecognisedInTheDatabase(Databases kind, int most) {
        DataSource database = database(kind);
        append("s", 7, 0, 200);
        Events<String, Sale> shipping = events("shipping");
        Following<String, Sale> first = shipping.follow("labels", handler(database, most, InboxTest::ship));
        awaitDone(first);
        first.close();
        Databases.execute(database, "UPDATE fairlead_inbox SET group_name = 'shipping.again'");
        append("s", 7, 200, 300);

        Following<String, Sale> again = shipping.follow("again", handler(database, most, InboxTest::ship));
        awaitDone(again);

        assertThat(rows(database, "quantity")).hasSize(300).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"H2, 1", "H2, 50", "POSTGRESQL, 50"})
    void aFailingEventLeavesNothingAndParksOnlyItsKey(Databases kind, int most) {
        DataSource database = database(kind);
        append("s", 20, 0, 400);
        AtomicBoolean repaired = new AtomicBoolean();
        Events<String, Sale> shipping = events("shipping");
        Following<String, Sale> following = shipping.follow(
                "labels",
                handler(database, most, (connection, happened) -> {
                    ship(connection, happened);
                    if (number(happened) == 105 && !repaired.get()) {
                        Databases.execute(database, "SELECT nothing FROM nowhere");
                    }
                }),
                BRISK);
        awaitDone(following);

        assertThat(following.parked()).extracting(ParkedKey::key).containsExactly("s5");
        assertThat(rows(database, "quantity")).hasSize(400 - 15);
        repaired.set(true);
        following.redrive("s5");
        await().atMost(SOON).until(() -> following.status().parked() == 0);
        assertThat(rows(database, "quantity")).hasSize(400).doesNotHaveDuplicates();
        assertThat(Databases.query(
                        database, "SELECT version FROM shipped WHERE name = 's5' AND quantity > 104 ORDER BY id"))
                .extracting(Integer::valueOf)
                .isSorted();
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatHangsInABatchHoldsNoOtherKeyUp(Databases kind) {
        DataSource database = database(kind);
        append("s", 20, 0, 100);
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger hangs = new AtomicInteger();
        SettableTime time = SettableTime.create();
        FailurePolicy twice = new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(300));
        Following<String, Sale> following = services.open("shipping", folder, time)
                .events(SalePlan.SALES)
                .follow(
                        "labels",
                        handler(database, 50, (connection, happened) -> {
                            if (number(happened) == 7) {
                                hangs.incrementAndGet();
                                hang(free);
                            }
                            ship(connection, happened);
                        }),
                        twice);
        await().atMost(SOON).until(() -> hangs.get() == 1);
        time.advance(twice.timeLimit()); // of the batch, whose events now come one by one
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(rows(database, "quantity")).hasSize(95));
        await().atMost(SOON).until(() -> {
            time.advance(twice.timeLimit()); // nothing else runs any more
            return following.status().done().equals(following.status().end());
        });
        assertThat(following.parked()).extracting(ParkedKey::key).containsExactly("s7");
        assertThat(rows(database, "quantity")).hasSize(95).doesNotHaveDuplicates();

        free.countDown();
        await().atMost(SOON).until(() -> {
            following.redrive("s7");
            time.advance(twice.longestDelay());
            return following.status().parked() == 0;
        });
        assertThat(rows(database, "quantity")).hasSize(100).doesNotHaveDuplicates();
    }

    private static void hang(CountDownLatch free) {
        while (free.getCount() > 0) {
            Thread.onSpinWait();
            Thread.interrupted();
        }
    }

    @Test
    void aReplayLeavesTheTransactionsOut() {
        DataSource database = database(Databases.H2);
        append("s", 5, 0, 100);
        AtomicInteger calls = new AtomicInteger();
        Following<String, Sale> following = events("shipping")
                .follow("labels", Handler.transactionalInBatches(database, 10, (connection, happened) -> {
                    calls.incrementAndGet();
                    ship(connection, happened);
                }));
        awaitDone(following);
        Databases.execute(database, "DELETE FROM fairlead_inbox");
        following.replay(new Position(0, 0));
        append("s", 5, 100, 110);
        awaitDone(following);
        await().atMost(SOON).until(() -> following.status().replay().isEmpty());

        assertThat(calls.get()).isEqualTo(110);
    }

    @Test
    void aKeyThatBeginsAgainAtVersionOneIsNew() throws Exception {
        DataSource database = database(Databases.H2);
        append("s", 1, 0, 5);
        Events<String, Sale> shipping = events("shipping");
        awaitDone(shipping.follow("labels", Handler.transactional(database, InboxTest::ship)));
        Databases.execute(database, "UPDATE fairlead_inbox SET version = 900");
        append("s", 1, 5, 6);
        assertThat(rows(database, "quantity")).hasSize(5);

        services.first().close();
        sales = events("checkout");
        append("s", 1, 6, 7);
        await().atMost(SOON).until(() -> rows(database, "quantity").contains("6"));
        assertThat(rows(database, "quantity")).doesNotContain("5").hasSize(6);
    }

    @Test
    void aHandlerCannotEndItsTransaction() {
        DataSource database = database(Databases.H2);
        append("s", 1, 0, 1);
        List<String> refused = new ArrayList<>();
        List<Connection> kept = new ArrayList<>();
        Following<String, Sale> following = events("shipping")
                .follow("labels", Handler.transactional(database, (connection, happened) -> {
                    ship(connection, happened);
                    refused.add(refusal(connection::commit));
                    refused.add(refusal(connection::rollback));
                    refused.add(refusal(connection::close));
                    refused.add(refusal(() -> connection.setAutoCommit(true)));
                    connection.releaseSavepoint(connection.setSavepoint());
                    kept.add(connection);
                }));
        awaitDone(following);

        assertThat(refused)
                .hasSize(4)
                .allSatisfy(text -> assertThat(text).startsWith("TRANSACTION a handler cannot call"));
        assertThat(refusal(() -> kept.getFirst().createStatement()))
                .contains("was lent to a handler that has returned");
        assertThat(rows(database, "quantity")).containsExactly("0");
    }

    private interface Call {
        void run() throws Exception;
    }

    private static String refusal(Call call) {
        try {
            call.run();
            return "none";
        } catch (FairleadException e) {
            return e.code() + " " + e.getMessage();
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Test
    void aDatabaseThatIsAwayParksNothing() {
        DataSource database = database(Databases.H2);
        Unreliable unreliable = new Unreliable(database);
        unreliable.away = true;
        append("s", 5, 0, 50);
        unreliable.away = false;
        Events<String, Sale> shipping = events("shipping");
        AtomicInteger calls = new AtomicInteger();
        Following<String, Sale> following = shipping.follow(
                "labels",
                Handler.transactional(unreliable.source(), (connection, happened) -> {
                    if (calls.incrementAndGet() == 10) {
                        unreliable.away = true;
                    }
                    ship(connection, happened);
                }),
                BRISK);
        await().atMost(SOON).until(() -> unreliable.refused.get() > 20);
        unreliable.away = false;
        awaitDone(following);

        assertThat(following.status().parked()).isZero();
        assertThat(rows(database, "quantity")).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void aMissingOrForeignTableIsToldWhenTheGroupBegins() {
        DataSource database = database(Databases.H2);
        Events<String, Sale> shipping = events("shipping");
        assertThatThrownBy(() -> shipping.follow(
                        "labels",
                        Handler.transactional(database, InboxTest::ship).withTables(Tables.EXPECT)))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE))
                .hasMessageContaining("the table fairlead_inbox is missing")
                .hasMessageContaining("CREATE TABLE");
        Databases.execute(database, "CREATE TABLE fairlead_inbox (other int)");
        assertThatThrownBy(() -> shipping.follow("labels", Handler.transactional(database, InboxTest::ship)))
                .hasMessageContaining("exists with other columns");
    }
}
