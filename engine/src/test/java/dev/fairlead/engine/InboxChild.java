package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * A process that ships the sales, each in a transaction with an inbox, until it is killed. It says each sale that it ships, that it stays in the
 * middle of a transaction until it is told to go on, and that its follower has ended.
 */
final class InboxChild {
    static final String SHIPPED = "shipped";
    static final String THERE = "there";
    static final String LOST = "lost";
    static final int KEYS = 100;
    static final int BAD = 33;

    static final FailurePolicy BRISK =
            new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));

    private static final CountDownLatch GO_ON = new CountDownLatch(1);
    private static final Duration LOOK = Duration.ofMillis(5);

    private InboxChild() {}

    /** @param args the plan, the database, the port of the logs, and in which of its transactions it stays */
    @SuppressWarnings("resource") // it ends by being killed
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
    }

    private static void watch(Following<String, Sale> following) {
        while (true) {
            try {
                following.parked();
            } catch (FairleadException e) {
                ParentJvm.say(e.code() == ErrorCode.CLOSED ? LOST : e.code().name());
                return;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Ships the sale in the transaction; those of three keys cannot be shipped. */
    static void ship(Connection connection, EventRecord<String, Sale> happened) throws Exception {
        int number = ((ItemAdded) happened.event()).quantity();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO shipped (place) VALUES (?)")) {
            insert.setLong(1, happened.position().offset());
            insert.executeUpdate();
        }
        if (number % KEYS % BAD == 3) {
            throw new IllegalStateException("no such address");
        }
    }
}
