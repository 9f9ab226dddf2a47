package dev.fairlead.engine;

import static dev.fairlead.engine.SaleDesk.SOON;
import static dev.fairlead.engine.SaleDesk.awaitDone;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Events;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.InboxStatistics;
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
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of an inbox stays as large as what can come again, and its size and age are told. */
@Timeout(120)
class InboxKeepingTest {
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final int KEYS = 40;

    /** Forgotten in several transactions; so many that it takes minutes where each key is looked for among all others. */
    private static final int MORE = 10_000;

    /** Twice the retention and a day, and a little more. */
    private static final long FORGOTTEN_AFTER = Duration.ofDays(3).toMillis() + 1000;

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private final SettableTime time = SettableTime.create();
    private Events<String, Sale> sales;

    @BeforeEach
    void plan() {
        SalePlan.in(folder, "D1");
        PlanFolder.write(folder, "checkout.yaml", SalePlan.CHECKOUT + "    retention: 1d\n");
        sales = services.open("checkout", folder, time).events(SalePlan.SALES);
        append(0, KEYS);
    }

    private void append(int from, int to) {
        List<CompletableFuture<?>> appended = new ArrayList<>();
        for (int i = from; i < to; i++) {
            appended.add(sales.appendAsync("s" + i % KEYS, new ItemAdded("sku", i)));
        }
        appended.forEach(CompletableFuture::join);
    }

    private Following<String, Sale> follow(String group, DataSource database) {
        return services.open("shipping", folder, time)
                .events(SalePlan.SALES)
                .follow(group, Handler.transactional(database, (transaction, happened) -> {}));
    }

    private static InboxStatistics inbox(Following<String, Sale> following) {
        return following.inbox().orElseThrow();
    }

    /** Moves the clock to the next look again and again, because the one before may be under way. */
    private void awaitKeys(Following<String, Sale> following, long keys) {
        await().atMost(SOON).untilAsserted(() -> {
            time.advance(LOOK);
            assertThat(inbox(following).keys()).isEqualTo(keys);
        });
    }

    /** Adds keys that were noted some time ago. */
    private static void grow(DataSource database, Duration ago) {
        Databases.commit(database, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO fairlead_inbox (item, group_name, record_key, version, epoch, touched)"
                            + " VALUES ('checkout.sale', 'shipping.labels', ?, 1, 1, ?)")) {
                for (int i = 0; i < MORE; i++) {
                    insert.setBytes(1, ("old" + i).getBytes(UTF_8));
                    insert.setLong(2, System.currentTimeMillis() - ago.toMillis());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void itsDepthAndAgeAreToldAndWhatCannotComeAgainIsForgottenWhileTheGroupGoesOn(Databases kind) {
        DataSource database = kind.create();
        Following<String, Sale> following = follow("labels", database);
        awaitDone(following);
        awaitKeys(following, KEYS);
        assertThat(inbox(following).oldest()).isBetween(Duration.ZERO, Duration.ofHours(1));

        grow(database, Duration.ofHours(1));
        awaitKeys(following, KEYS + MORE);
        assertThat(inbox(following).oldest()).isBetween(Duration.ofHours(1), Duration.ofHours(2));
        assertThat(inbox(following).forgotten()).isZero();

        Databases.execute(
                database,
                "UPDATE fairlead_inbox SET touched = touched - " + FORGOTTEN_AFTER + " WHERE version = 1 AND epoch = 1"
                        + " AND OCTET_LENGTH(record_key) > 3");
        awaitKeys(following, KEYS);
        assertThat(inbox(following).forgotten()).isEqualTo(MORE);
        assertThat(inbox(following).failure()).isEmpty();
        assertThat(Databases.query(database, "SELECT count(*) FROM fairlead_inbox"))
                .containsExactly(Integer.toString(KEYS));
        append(KEYS, 2 * KEYS);
        awaitDone(following);
        assertThat(following.status().handled()).isEqualTo(2 * KEYS);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsInATransactionWaitsForItsTurnAndKeepsNoOther(Databases kind) throws Exception {
        DataSource database = kind.create();
        Unreliable looked = new Unreliable(database);
        Following<String, Sale> following = follow("labels", looked.source());
        awaitDone(following);
        awaitKeys(following, KEYS);
        looked.away = true; // or a look that is under way could forget the key before its turn is taken
        Databases.execute(database, "UPDATE fairlead_inbox SET touched = touched - " + FORGOTTEN_AFTER);
        try (Connection connection = database.getConnection();
                PreparedStatement held = connection.prepareStatement(
                        "SELECT version FROM fairlead_inbox WHERE record_key = ? FOR UPDATE")) {
            connection.setAutoCommit(false);
            held.setBytes(1, "s7".getBytes(UTF_8));
            held.executeQuery().close();
            looked.away = false;
            awaitKeys(following, 1);
            connection.rollback();
        }
        awaitKeys(following, 0);
        assertThat(inbox(following).forgotten()).isEqualTo(KEYS);
        assertThat(inbox(following).oldest()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatComesAgainIsCounted(Databases kind) {
        DataSource database = kind.create();
        Following<String, Sale> first = follow("labels", database);
        awaitDone(first);
        first.close();
        Databases.execute(database, "UPDATE fairlead_inbox SET group_name = 'shipping.again'");

        Following<String, Sale> again = follow("again", database);
        awaitDone(again);

        assertThat(inbox(again).repeated()).isEqualTo(KEYS);
        assertThat(inbox(first).repeated()).isZero();
    }

    @Test
    void aDatabaseThatIsAwayIsToldAndLookedAtAgain() {
        Unreliable unreliable = new Unreliable(Databases.H2.create());
        Following<String, Sale> following = follow("labels", unreliable.source());
        awaitDone(following);
        awaitKeys(following, KEYS);

        unreliable.away = true;
        await().atMost(SOON).untilAsserted(() -> {
            time.advance(LOOK);
            assertThat(inbox(following).failure()).contains("away");
        });
        assertThat(inbox(following).keys()).isEqualTo(KEYS);
        unreliable.away = false;
        await().atMost(SOON).untilAsserted(() -> {
            time.advance(LOOK);
            assertThat(inbox(following).failure()).isEmpty();
        });
    }

    @Test
    void aGroupWithoutTransactionsHasNone() {
        Following<String, Sale> following = services.open("shipping", folder, time)
                .events(SalePlan.SALES)
                .follow("labels", Handler.effect(happened -> {}));

        assertThat(following.inbox()).isEmpty();
    }
}
