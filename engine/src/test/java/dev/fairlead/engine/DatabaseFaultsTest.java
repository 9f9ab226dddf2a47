package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Outbox;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.testkit.faults.TcpProxy;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The PostgreSQL of an outbox and an inbox is killed or stopped and starts again, and the way to it breaks, refuses and falls silent, while sales are
 * written, published and shipped: what was committed is published once and shipped once.
 */
@Tag("slow")
@Timeout(300)
class DatabaseFaultsTest {
    private static final int WRITERS = 4;
    private static final int MORE = 60;
    private static final Duration HEALING = Duration.ofSeconds(30);
    private static final FailurePolicy PATIENT =
            new FailurePolicy(1000, Duration.ofMillis(1), Duration.ofMillis(50), Duration.ofSeconds(60));

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private final ServerProcess server = RealServer.POSTGRESQL.killable();
    private final TcpProxy proxy = TcpProxy.to(server.port());
    private final SoldHistory history = new SoldHistory();
    private final AtomicInteger committed = new AtomicInteger();
    private final AtomicInteger trouble = new AtomicInteger();
    private volatile boolean over;

    private enum Fault {
        KILLED,
        STOPPED,
        RESET,
        REFUSED,
        SILENT
    }

    @AfterEach
    void end() {
        over = true;
        services.close();
        proxy.close();
    }

    @Test
    void whatIsCommittedIsPublishedAndShippedOnceWhateverHappensToTheDatabase() throws Exception {
        SalePlan.in(folder, "D1");
        DataSource database = database();
        Databases.execute(database, "CREATE TABLE sold (sale varchar(20), number int, PRIMARY KEY (sale, number))");
        InboxChild.createTable(database);
        Events<String, Sale> sales = services.open("checkout", folder).events(SalePlan.SALES);
        Outbox<String, Sale> outbox = sales.outbox(database, Relays.BRISK);
        Following<String, Sale> following = services.open("shipping", folder)
                .events(SalePlan.SALES)
                .follow("labels", Handler.transactional(database, InboxChild::record), PATIENT);
        List<Thread> selling = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String key = "w" + writer;
            selling.add(Thread.ofPlatform().daemon().start(() -> sell(database, outbox, key)));
        }
        for (Fault fault : faults()) {
            awaitMoreShipped(following);
            happen(fault);
        }
        awaitMoreShipped(following);
        over = true;
        for (Thread each : selling) {
            each.join();
        }
        Relays.awaitEmpty(outbox::statistics);
        SaleDesk.awaitDone(following);

        assertThat(following.status().parked()).isZero();
        judge(history.handled(folder.resolve("shipped"), sales, InboxChild.shipped(database), following));
        assertThat(OutboxRaceTest.log(sales))
                .isEqualTo(OutboxKillTest.sold(database))
                .hasSize(WRITERS);
    }

    private static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(Collections.nCopies(5, Fault.KILLED));
        faults.addAll(Collections.nCopies(5, Fault.STOPPED));
        faults.addAll(Collections.nCopies(3, Fault.RESET));
        faults.addAll(Collections.nCopies(2, Fault.REFUSED));
        faults.add(Fault.SILENT);
        Collections.shuffle(faults, new Random(9));
        return faults;
    }

    /** A database of its own on the server, by way of the proxy. */
    private DataSource database() {
        String url = Objects.requireNonNull(server.settings().get("url"));
        String user = "?user=" + server.settings().getOrDefault("user", "postgres");
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        Databases.execute(Databases.postgres(url + user), "CREATE DATABASE " + name);
        String own = url.substring(0, url.lastIndexOf('/') + 1) + name + user;
        return Databases.impatient(own.replace(":" + server.port() + "/", ":" + proxy.port() + "/"));
    }

    private void awaitMoreShipped(Following<String, Sale> following) {
        long before = following.status().handled();
        await().atMost(HEALING).until(() -> following.status().handled() > before + MORE);
    }

    private void happen(Fault fault) throws IOException {
        int before = trouble.get();
        switch (fault) {
            case KILLED -> {
                server.kill();
                awaitTrouble(before);
                server.restart();
            }
            case STOPPED -> {
                server.stop();
                awaitTrouble(before);
                server.restart();
            }
            case RESET -> {
                proxy.reset();
                awaitTrouble(before);
            }
            case REFUSED -> {
                proxy.refuse(true);
                proxy.reset();
                awaitTrouble(before);
                proxy.refuse(false);
            }
            case SILENT -> {
                proxy.blackHole(true);
                awaitTrouble(before);
                proxy.reset();
                proxy.blackHole(false);
            }
        }
    }

    private void awaitTrouble(int before) {
        await().atMost(HEALING).until(() -> trouble.get() > before);
    }

    /** A commit whose answer is lost may have happened or not; if not, its number is drawn again. */
    private void sell(DataSource database, Outbox<String, Sale> outbox, String key) {
        int last = 0;
        while (!over) {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                while (!over) {
                    int number = OutboxChild.draw(connection, key);
                    if (number > last) {
                        history.begun(key, number);
                    }
                    last = number;
                    outbox.append(connection, key, new ItemAdded("sku", number));
                    connection.commit();
                    history.committed(key, number);
                    committed.incrementAndGet();
                }
            } catch (SQLException | FairleadException e) {
                trouble.incrementAndGet();
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void judge(Verdict verdict) {
        assertThat(verdict.witnesses()).isEmpty();
        assertThat(verdict.judged()).contains(Rule.A1, Rule.A2, Rule.A5, Rule.A7, Rule.A10, Rule.A15);
        assertThat(verdict.valid(committed.get(), 0)).isTrue();
        assertThat(committed.get()).isGreaterThan(1000);
    }
}
