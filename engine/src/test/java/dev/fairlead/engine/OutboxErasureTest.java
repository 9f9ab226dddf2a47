package dev.fairlead.engine;

import static dev.fairlead.engine.Refusals.refused;
import static dev.fairlead.engine.Relays.BRISK;
import static dev.fairlead.engine.Relays.awaitEmpty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Erasure;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Outbox;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.DataFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.mvstore.MVStoreTool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Erasing a key whose events stand in the outbox, in the log, or on their way from one to the other. */
@Timeout(120)
class OutboxErasureTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String SKU = "a-sku-that-stands-nowhere-else";

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    @BeforeEach
    void writePlan() {
        SalePlan.in(folder, "D1");
    }

    private Events<String, Sale> events(String service) {
        return services.open(service, folder).events(SalePlan.SALES);
    }

    private static void sell(DataSource database, Outbox<String, Sale> outbox, String key, String sku, int events) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < events; i++) {
                outbox.append(connection, key, new ItemAdded(sku, i));
            }
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPublishedGoesAndWhatIsCommittedLaterStaysInItsOrder(Databases kind) {
        DataSource database = kind.create();
        Events<String, Sale> sales = events("checkout");
        Outbox<String, Sale> outbox = sales.outbox(database, BRISK);
        sell(database, outbox, "s1", SKU, 3);
        sell(database, outbox, "s2", "kept", 3);
        awaitEmpty(outbox::statistics);
        assertThat(DataFiles.holding(folder, SKU)).isNotEmpty();

        Erasure erasure = sales.erase("s1");
        sell(database, outbox, "s1", "later", 2);
        awaitEmpty(outbox::statistics);

        assertThat(erasure.complete()).isTrue();
        assertThat(erasure.holders())
                .extracting(Erasure.Holder::name)
                .containsExactly("checkout/log", "checkout/outbox");
        assertThat(DataFiles.holding(folder, SKU)).isEmpty();
        assertThat(sales.history("s1", sales.oldest(), 100).records())
                .extracting(record -> record.version() + " " + record.event())
                .containsExactly("5 " + new ItemAdded("later", 0), "6 " + new ItemAdded("later", 1));
        assertThat(sales.history("s2", sales.oldest(), 100).records()).hasSize(3);
        assertThat(outbox.statistics().held()).isZero();
    }

    /** The relay reads nothing while the key is erased: what waits must not come when it does again. */
    @ParameterizedTest
    @EnumSource
    void whatWaitsIsNeverPublishedAndTheErasureIsFinishedAtTheNextOpening(Databases kind) {
        DataSource database = kind.create();
        Events<String, Sale> first = events("checkout");
        Outbox<String, Sale> working = first.outbox(database, BRISK);
        sell(database, working, "s1", SKU, 2);
        awaitEmpty(working::statistics);
        working.close();
        Outbox<String, Sale> outbox = first.outbox(stuck(database).source(), BRISK);
        sell(database, outbox, "s1", SKU, 2);
        sell(database, outbox, "s2", "kept", 2);

        refused(ErrorCode.UNREACHABLE, "the relay does not get on", () -> first.erase("s1"));

        assertThat(Databases.query(database, "SELECT event_type FROM fairlead_outbox ORDER BY place"))
                .containsExactlyInAnyOrder("", "ItemAdded", "ItemAdded");
        assertThat(DataFiles.holding(folder, SKU)).isNotEmpty();
        services.close();

        Events<String, Sale> sales = events("checkout");
        refused(ErrorCode.CAPABILITY, "open the outbox first", () -> sales.erase("s1"));
        awaitEmpty(sales.outbox(database, BRISK)::statistics);
        assertThat(sales.erasures()).extracting(Erasure::complete).containsExactly(true);
        assertThat(DataFiles.holding(folder, SKU)).isEmpty();
        assertThat(sales.history("s1", sales.oldest(), 100).records()).isEmpty();
        assertThat(sales.history("s2", sales.oldest(), 100).records()).hasSize(2);
    }

    /** Its event is committed while the erasure waits for it, and goes with the others. */
    @ParameterizedTest
    @EnumSource
    void aTransactionThatHoldsTheKeyIsWaitedFor(Databases kind) throws Exception {
        DataSource database = kind.create();
        Unreliable watched = new Unreliable(database);
        CountDownLatch erasing = new CountDownLatch(1);
        Events<String, Sale> sales = events("checkout");
        Outbox<String, Sale> outbox = sales.outbox(watched.source(), BRISK);
        await().atMost(SOON).until(() -> outbox.statistics().leading());
        watched.onStatement = sql -> {
            if (sql.contains("fairlead_outbox_keys")) {
                erasing.countDown();
            }
        };
        CompletableFuture<Erasure> erasure;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            outbox.append(connection, "s1", new ItemAdded(SKU, 1));
            erasure = CompletableFuture.supplyAsync(() -> sales.erase("s1"));
            assertThat(erasing.await(30, TimeUnit.SECONDS)).isTrue();
            connection.commit();
        }

        assertThat(erasure.get(1, TimeUnit.MINUTES).complete()).isTrue();
        assertThat(sales.history("s1", sales.oldest(), 100).records()).isEmpty();
        assertThat(DataFiles.holding(folder, SKU)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theInstanceThatRelaysErasesWhatAnotherOneWasAskedTo(Databases kind) {
        DataSource database = kind.create();
        Events<String, Sale> leading = events("checkout");
        Outbox<String, Sale> relaying = leading.outbox(database, BRISK);
        await().atMost(SOON).until(() -> relaying.statistics().leading());
        Events<String, Sale> asked = events("checkout");
        Outbox<String, Sale> idle = asked.outbox(database, BRISK);
        sell(database, idle, "s1", SKU, 3);

        Erasure erasure = asked.erase("s1");

        assertThat(erasure.complete()).isTrue();
        assertThat(asked.erasures()).containsExactly(erasure);
        assertThat(relaying.statistics().leading()).isTrue();
        assertThat(idle.statistics().leading()).isFalse();
        assertThat(DataFiles.holding(folder, SKU)).isEmpty();
    }

    @Test
    void aFollowerIsToldOnceAndSoIsWhoeverAsks() {
        DataSource database = Databases.H2.create();
        Events<String, Sale> sales = events("checkout");
        Outbox<String, Sale> outbox = sales.outbox(database, BRISK);
        List<String> erased = new CopyOnWriteArrayList<>();
        events("shipping").follow("labels", Handler.effect(happened -> {}), FailurePolicy.usual(), erased::add);
        sell(database, outbox, "s1", SKU, 3);

        sales.erase("s1");

        await().atMost(SOON).until(() -> sales.erasures().getFirst().complete());
        assertThat(sales.erasures().getFirst().holders())
                .extracting(Erasure.Holder::name)
                .containsExactly("checkout/log", "checkout/outbox", "shipping/labels");
        assertThat(erased).containsExactly("s1");
    }

    /** What a database keeps of rows that are gone is its own; when it has cleaned up, the table's files hold nothing either. */
    @ParameterizedTest
    @EnumSource
    void theTableHoldsNothingAfterTheDatabaseHasCleanedUp(Databases kind) throws IOException {
        String url = kind.urlOfNew(folder);
        Unreliable stuck = stuck(Databases.of(url));
        Outbox<String, Sale> outbox = events("checkout").outbox(stuck.source(), BRISK);
        sell(stuck.source(), outbox, "s1", SKU, 2);
        sell(stuck.source(), outbox, "s2", "what-stays", 2);
        services.close();
        assertThat(tableHolds(kind, url, SKU)).isTrue();
        Events<String, Sale> sales = events("checkout");
        sales.outbox(stuck(Databases.of(url)).source(), BRISK);
        refused(ErrorCode.UNREACHABLE, "does not get on", () -> sales.erase("s1"));
        services.close();

        assertThat(tableHolds(kind, url, "what-stays")).isTrue();
        assertThat(tableHolds(kind, url, SKU)).isFalse();
    }

    /** Its relay reads nothing. */
    private static Unreliable stuck(DataSource database) {
        Unreliable unreliable = new Unreliable(database);
        unreliable.onStatement = sql -> {
            if (sql.startsWith("SELECT place, OCTET_LENGTH")) {
                throw new IllegalStateException("the relay does not get on");
            }
        };
        return unreliable;
    }

    private boolean tableHolds(Databases kind, String url, String text) throws IOException {
        DataSource database = Databases.of(url);
        if (kind == Databases.H2) {
            Databases.execute(database, "SHUTDOWN");
            Path file = folder.resolve("database.mv.db");
            MVStoreTool.compact(file.toString(), false); // not compressed, so that it can be searched
            return !DataFiles.holding(file, text).isEmpty();
        }
        Databases.execute(database, "VACUUM FULL fairlead_outbox", "CHECKPOINT");
        String file = Databases.query(
                        database,
                        "SELECT current_setting('data_directory') || '/' || pg_relation_filepath('fairlead_outbox')")
                .getFirst();
        assertThat(Files.exists(Path.of(file))).isTrue();
        return !DataFiles.holding(Path.of(file), text).isEmpty();
    }
}
