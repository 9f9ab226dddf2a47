package dev.fairlead.engine;

import static dev.fairlead.engine.Relays.BRISK;
import static dev.fairlead.engine.Relays.awaitEmpty;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Outbox;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.faults.TcpProxy;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The network between an application and its PostgreSQL breaks while a commit is answered, again and again: what was done is neither done
 * again nor left out.
 */
@Tag("slow")
@Timeout(240)
class LostCommitsTest {
    private static final int CUTS = 10;
    private static final int LEAST = 2000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final FailurePolicy PATIENT =
            new FailurePolicy(20, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(30));

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private final SoldHistory history = new SoldHistory();
    private final String url = Databases.urlOfNewPostgres();
    private final DataSource database = Databases.postgres(url);
    private final TcpProxy proxy = TcpProxy.to(port());
    private volatile boolean over;

    @BeforeEach
    void plan() {
        SalePlan.in(folder, "D1");
    }

    private int port() {
        return URI.create(url.substring("jdbc:".length())).getPort();
    }

    /** The same database, by way of the proxy, to which each statement goes as text: a prepared one is only a number from its second use on. */
    private DataSource broken() {
        String other = url.replace("localhost:" + port(), "127.0.0.1:" + proxy.port());
        assertThat(other).isNotEqualTo(url);
        return Databases.postgres(other + "&prepareThreshold=0");
    }

    /** The commit itself, and not a level that is called READ COMMITTED. */
    private static boolean commits(byte[] sent) {
        return new String(sent, ISO_8859_1).contains("COMMIT\0");
    }

    /** The commit of a transaction in which rows are marked as published. For one connection at a time, as a relay has it. */
    private static Predicate<byte[]> marks() {
        AtomicBoolean marking = new AtomicBoolean();
        return sent -> {
            if (new String(sent, ISO_8859_1).contains("DELETE FROM fairlead_outbox WHERE place")) {
                marking.set(true);
            }
            return commits(sent) && marking.getAndSet(false);
        };
    }

    @AfterEach
    void end() {
        over = true;
        proxy.close();
    }

    private Events<String, Sale> events(String service) {
        return services.open(service, folder).events(SalePlan.SALES);
    }

    private void cutAgainAndAgain(Supplier<Predicate<byte[]>> after, Supplier<?> state) {
        for (int cut = 1; cut <= CUTS; cut++) {
            int cuts = cut;
            proxy.cutAnswerTo(after.get());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(proxy.cuts())
                            .as(() -> "cuts: " + state.get())
                            .isEqualTo(cuts));
        }
        over = true;
    }

    @Test
    void anEffectWhoseCommitWasNotHeardOfHappensOnce() throws Exception {
        InboxChild.createTable(database);
        Events<String, Sale> sales = events("checkout");
        Following<String, Sale> following = events("shipping")
                .follow(
                        "labels",
                        Handler.transactional(
                                broken(), (connection, happened) -> InboxChild.record(connection, happened)),
                        PATIENT);
        Thread selling = Thread.ofPlatform().daemon().start(() -> {
            for (int number = 0; !over || number < LEAST; number++) {
                history.sell(sales, "k" + number % InboxChild.KEYS, number);
                LockSupport.parkNanos(over ? 0 : 500_000);
            }
        });
        cutAgainAndAgain(() -> LostCommitsTest::commits, following::status);
        selling.join();
        SaleDesk.awaitDone(following);
        Verdict verdict = history.handled(folder.resolve("history"), sales, InboxChild.shipped(database), following);

        assertThat(following.status().parked()).isZero();
        assertThat(following.status().retried())
                .as("a connection that broke is no attempt of the event")
                .isZero();
        judge(verdict);
    }

    @Test
    void whatWasMarkedAsPublishedUnheardIsPublishedOnce() throws Exception {
        Events<String, Sale> sales = events("checkout");
        Outbox<String, Sale> outbox = sales.outbox(broken(), BRISK);
        await().atMost(PATIENCE).until(() -> outbox.statistics().leading());
        Thread selling = Thread.ofPlatform().daemon().start(() -> sell(outbox));
        cutAgainAndAgain(LostCommitsTest::marks, () -> "by the relay"); // its statistics come from the broken database
        selling.join();
        awaitEmpty(outbox::statistics);
        try (EmbeddedMechanism logs = EmbeddedMechanism.open(
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, TimeSource.SYSTEM))) {
            judge(history.published(folder.resolve("history"), sales, logs));
        }
    }

    /** The business transactions go another way than the relay, so that only its commits are lost. */
    private void sell(Outbox<String, Sale> outbox) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (int number = 0; !over || number < LEAST; number++) {
                String key = "k" + number % InboxChild.KEYS;
                history.begun(key, number);
                outbox.append(connection, key, new ItemAdded("sku", number));
                connection.commit();
                history.committed(key, number);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void judge(Verdict verdict) {
        assertThat(verdict.witnesses()).isEmpty();
        assertThat(verdict.judged()).contains(Rule.A1, Rule.A2, Rule.A5, Rule.A7, Rule.A10, Rule.A15);
        assertThat(verdict.valid(LEAST, 0)).isTrue();
    }
}
