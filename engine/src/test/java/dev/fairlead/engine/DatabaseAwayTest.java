package dev.fairlead.engine;

import static dev.fairlead.engine.SaleDesk.SOON;
import static dev.fairlead.engine.SaleDesk.awaitDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.api.TransactionalAction;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.SettableTime;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the database's failure, and what is the event's. */
@Timeout(120)
class DatabaseAwayTest {
    private static final int KEYS = 10;

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private final AtomicInteger asked = new AtomicInteger();

    /** Threads of handlers that wait for a connection now. */
    private final AtomicInteger waiting = new AtomicInteger();

    /** Threads that have asked for a connection to be taken back while that takes long. */
    private final AtomicInteger giving = new AtomicInteger();

    private volatile boolean silent;
    private volatile boolean takesBack = true;
    private Events<String, Sale> sales;

    @BeforeEach
    void plan() {
        SalePlan.in(folder, "D1");
        sales = services.open("checkout", folder).events(SalePlan.SALES);
    }

    @AfterEach
    void answer() {
        silent = false;
        takesBack = true;
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            sales.append("s" + i % KEYS, new ItemAdded("sku", i));
        }
    }

    /** A transaction that stays idle beyond a limit of the server's ends like this one, each time that it is tried. */
    @ParameterizedTest
    @ValueSource(ints = {1, 50})
    void anEventThatBreaksItsConnectionEachTimeIsParkedAndHoldsNoOtherKeyUp(int most) {
        DataSource database = Databases.POSTGRESQL.create();
        append(2000); // more than are in hand at once
        FailurePolicy twice = new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(60));
        Following<String, Sale> following = services.open("shipping", folder)
                .events(SalePlan.SALES)
                .follow(
                        "labels",
                        handler(database, most, (transaction, happened) -> {
                            if (SaleDesk.number(happened) == 5) {
                                breakDown(transaction);
                            }
                        }),
                        twice);
        awaitDone(following);

        assertThat(following.parked()).singleElement().satisfies(key -> {
            assertThat(key.key()).isEqualTo("s5");
            assertThat(key.events().getFirst().attempts()).isEqualTo(2);
            assertThat(key.events().getFirst().error())
                    .contains("the connection broke, and the database gives another");
        });
    }

    private static Handler<String, Sale> handler(
            DataSource database, int most, TransactionalAction<String, Sale> action) {
        return most == 1
                ? Handler.transactional(database, action)
                : Handler.transactionalInBatches(database, most, action);
    }

    private static void breakDown(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pg_backend_pid())");
        }
    }

    @Test
    void aConnectionThatBreaksOnceIsNoAttempt() {
        DataSource database = Databases.POSTGRESQL.create();
        append(KEYS);
        FailurePolicy once = new FailurePolicy(1, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(60));
        AtomicInteger breaks = new AtomicInteger();
        Following<String, Sale> following = services.open("shipping", folder)
                .events(SalePlan.SALES)
                .follow(
                        "labels",
                        Handler.transactional(database, (transaction, happened) -> {
                            if (happened.key().equals("s5") && breaks.incrementAndGet() == 1) {
                                breakDown(transaction);
                            }
                        }),
                        once);
        awaitDone(following);

        assertThat(breaks.get()).isEqualTo(2);
        assertThat(following.parked()).extracting(ParkedKey::key).isEmpty();
    }

    /** How a pool waits for a connection. */
    private enum Wait {
        ENDED_BY_AN_INTERRUPT,
        TO_THE_END
    }

    /** A pool that waits as long as an attempt may take, as pools usually do, while the database is away. */
    @ParameterizedTest
    @EnumSource
    void aWaitForAConnectionThatIsLongerThanAnAttemptParksNothing(Wait wait) {
        SettableTime time = SettableTime.create();
        FailurePolicy twice = new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(30));
        Following<String, Sale> following = services.open("shipping", folder, time)
                .events(SalePlan.SALES)
                .follow(
                        "labels",
                        Handler.transactional(waiting(Databases.H2.create(), wait), (transaction, happened) -> {}),
                        twice);
        await().atMost(SOON)
                .until(() -> asked.get() > 0
                        && following.inbox().orElseThrow().failure().isEmpty());
        silent = true;
        append(2 * KEYS);
        for (int limits = 0; limits < 10; limits++) {
            await().atMost(SOON).until(() -> {
                time.advance(Duration.ofMillis(200)); // the pause before the next wait
                return waiting.get() == KEYS;
            });
            time.advance(twice.timeLimit());
        }
        assertThat(following.status().parked()).isZero();
        silent = false;
        awaitAllHandled(following, time);
    }

    private static void awaitAllHandled(Following<String, Sale> following, SettableTime time) {
        await().atMost(SOON).until(() -> {
            time.advance(Duration.ofMillis(200)); // slowly: an attempt may take 30 seconds of this time
            return following.status().done().equals(following.status().end());
        });

        assertThat(following.status().parked()).isZero();
        assertThat(following.status().retried()).isZero();
        assertThat(following.status().handled()).isEqualTo(2 * KEYS);
    }

    /** What was given up while it waited gets its connection, and has not yet given it back when the next attempt is due. */
    @Test
    void aConnectionThatComesAfterTheLimitAndIsTakenBackSlowlyParksNothing() {
        SettableTime time = SettableTime.create();
        FailurePolicy twice = new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(30));
        DataSource database = waiting(Databases.H2.create(), Wait.TO_THE_END);
        Following<String, Sale> following = services.open("shipping", folder, time)
                .events(SalePlan.SALES)
                .follow("labels", Handler.transactional(database, (transaction, happened) -> {}), twice);
        await().atMost(SOON)
                .until(() -> asked.get() > 0
                        && following.inbox().orElseThrow().failure().isEmpty());
        silent = true;
        append(2 * KEYS);
        await().atMost(SOON).until(() -> waiting.get() == KEYS);
        time.advance(twice.timeLimit());
        takesBack = false;
        silent = false;
        await().atMost(SOON).until(() -> giving.get() == KEYS);
        await().atMost(SOON).during(Duration.ofSeconds(1)).until(() -> {
            time.advance(Duration.ofMillis(200));
            return following.status().parked() == 0;
        });
        takesBack = true;
        awaitAllHandled(following, time);
    }

    private DataSource waiting(DataSource database, Wait wait) {
        return (DataSource) Proxy.newProxyInstance(
                DatabaseAwayTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    boolean handles = Thread.currentThread().getName().contains(" handler ");
                    waiting.addAndGet(handles ? 1 : 0);
                    try {
                        while (silent) {
                            LockSupport.parkNanos(1_000_000);
                            if (Thread.interrupted() && wait == Wait.ENDED_BY_AN_INTERRUPT) {
                                throw new SQLException("interrupted while it waited for a connection", "08001");
                            }
                        }
                    } finally {
                        waiting.addAndGet(handles ? -1 : 0);
                    }
                    return takesBack ? method.invoke(database, arguments) : slowly(method.invoke(database, arguments));
                });
    }

    private Object slowly(Object connection) {
        return Proxy.newProxyInstance(
                DatabaseAwayTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        giving.incrementAndGet();
                        while (!takesBack) {
                            LockSupport.parkNanos(1_000_000);
                        }
                    }
                    return method.invoke(connection, arguments);
                });
    }
}
