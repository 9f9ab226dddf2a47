package dev.fairlead.engine;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FollowStatus;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.process.ChildJvm;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * A process that ships the sales, each in a transaction with an inbox, until it is killed. It says each sale that it ships, that it stays in the
 * middle of a transaction until it is told to go on, and that its follower was replaced. Told once more it leaves.
 */
final class InboxChild {
    static final String SHIPPED = "shipped";
    static final String THERE = "there";
    static final String LOST = "lost";
    static final String LEFT = "left";
    static final int KEYS = 100;
    static final int BAD = 33;

    static final FailurePolicy BRISK =
            new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));

    private static final CountDownLatch GO_ON = new CountDownLatch(1);
    private static final Duration LOOK = Duration.ofMillis(5);

    private InboxChild() {}

    /** Starts one that stays in the middle of that transaction of its own. */
    static HeardChild start(ServedShop shop, int stays) {
        return new HeardChild(
                ChildJvm.of(InboxChild.class)
                        .start(shop.plan().toString(), shop.url(), String.valueOf(shop.port()), String.valueOf(stays)),
                words -> {});
    }

    static void createTable(DataSource database) {
        Databases.execute(database, "CREATE TABLE shipped (id bigint GENERATED ALWAYS AS IDENTITY, place bigint)");
    }

    /** The positions of what was shipped, in the order in which it was. */
    static List<Long> shipped(DataSource database) {
        return Databases.query(database, "SELECT place FROM shipped ORDER BY id").stream()
                .map(Long::valueOf)
                .toList();
    }

    /** Ships in this process. */
    static Following<String, Sale> follow(Events<String, Sale> shipping, DataSource database) {
        return shipping.follow(
                "labels", Handler.transactional(database, (connection, happened) -> ship(connection, happened)), BRISK);
    }

    /** @param args the plan, the database, the port of the logs, and in which of its transactions it stays */
    @SuppressWarnings("resource") // it may end by being killed
    public static void main(String[] args) {
        DataSource database = Databases.postgres(args[1]);
        int stays = Integer.parseInt(args[3]);
        AtomicInteger shipped = new AtomicInteger();
        Fairlead shipping = Opening.of("shipping", Path.of(args[0]))
                .mechanism(new DistantLogs("embedded", Integer.parseInt(args[2]), () -> {}))
                .open();
        Following<String, Sale> following = shipping.events(SalePlan.SALES)
                .follow(
                        "labels",
                        Handler.transactional(database, (connection, happened) -> {
                            ship(connection, happened);
                            ParentJvm.say(SHIPPED);
                            if (shipped.incrementAndGet() == stays) {
                                ParentJvm.say(THERE);
                                GO_ON.await();
                            }
                        }),
                        BRISK);
        Thread.ofPlatform().daemon().start(() -> watch(following));
        ParentJvm.awaitWord();
        GO_ON.countDown();
        ParentJvm.awaitWord();
        shipping.close();
        ParentJvm.say(LEFT);
    }

    private static void watch(Following<String, Sale> following) {
        boolean followed = true;
        while (true) {
            boolean follows = following.status().state() != FollowStatus.State.REPLACED;
            if (followed && !follows) {
                ParentJvm.say(LOST);
            }
            followed = follows;
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Ships the sale in the transaction; those of three keys cannot be shipped. */
    static void ship(Connection connection, EventRecord<String, Sale> happened) throws SQLException {
        record(connection, happened);
        int number = ((ItemAdded) happened.event()).quantity();
        if (number % KEYS % BAD == 3) {
            throw new IllegalStateException("no such address");
        }
    }

    /** Takes down in the transaction that the sale is shipped. */
    static void record(Connection connection, EventRecord<String, Sale> happened) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO shipped (place) VALUES (?)")) {
            insert.setLong(1, happened.position().offset());
            insert.executeUpdate();
        }
    }
}
