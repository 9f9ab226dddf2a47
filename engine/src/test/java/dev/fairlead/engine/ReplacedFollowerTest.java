package dev.fairlead.engine;

import static dev.fairlead.engine.Refusals.refused;
import static dev.fairlead.engine.SaleDesk.BRISK;
import static dev.fairlead.engine.SaleDesk.SOON;
import static dev.fairlead.engine.SaleDesk.append;
import static dev.fairlead.engine.SaleDesk.awaitDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FollowStatus;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Position;
import dev.fairlead.engine.SalePlan.Sale;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A follower whose group another instance takes over, with nothing to park that would tell it so. */
@Timeout(120)
class ReplacedFollowerTest {
    @TempDir
    Path folder;

    private final List<String> handled = new CopyOnWriteArrayList<>();

    /** Each with a connection of its own, as another process would have it. */
    private static Fairlead instance(ServedShop shop) {
        return Opening.of("shipping", shop.plan())
                .mechanism(new DistantLogs("embedded", shop.port(), () -> {}))
                .open();
    }

    private Following<String, Sale> follow(Fairlead instance, String name) {
        return instance.events(SalePlan.SALES)
                .follow(
                        "labels",
                        Handler.effect(happened -> handled.add(name + " " + SaleDesk.number(happened))),
                        BRISK);
    }

    @Test
    void anIdleFollowerEndsWhenAnotherTakesItsGroupOver() {
        try (ServedShop shop = new ServedShop(folder);
                Fairlead one = instance(shop);
                Fairlead other = instance(shop)) {
            Events<String, Sale> sales = shop.events("checkout");
            append(sales, "s1", 0, 3);
            Following<String, Sale> first = follow(one, "first");
            awaitDone(first);
            assertThat(first.status().state()).isEqualTo(FollowStatus.State.FOLLOWING);

            Following<String, Sale> second = follow(other, "second");
            await().atMost(SOON).until(() -> first.status().state() == FollowStatus.State.REPLACED);
            append(sales, "s1", 3, 6);
            awaitDone(second);

            assertThat(handled).containsExactly("first 0", "first 1", "first 2", "second 3", "second 4", "second 5");
            assertThat(first.status().stopped().orElseThrow()).contains("another instance");
            refused(ErrorCode.FENCED, "another instance", first::parked);
            refused(ErrorCode.FENCED, "another instance", () -> first.redrive("s1"));
            refused(ErrorCode.FENCED, "another instance", () -> first.replay(new Position(0, 0)));
            first.close();
            assertThat(first.status().state()).isEqualTo(FollowStatus.State.REPLACED);

            Following<String, Sale> back = follow(one, "back");
            await().atMost(SOON).until(() -> second.status().state() == FollowStatus.State.REPLACED);
            append(sales, "s1", 6, 7);
            awaitDone(back);
            assertThat(handled).endsWith("back 6");
            back.close();
            assertThat(back.status().state()).isEqualTo(FollowStatus.State.CLOSED);
        }
    }

    @Test
    void aFollowerInTheMiddleOfAnEventEndsAndItsSuccessorHandlesThatEvent() {
        CountDownLatch never = new CountDownLatch(1);
        try (ServedShop shop = new ServedShop(folder);
                Fairlead one = instance(shop);
                Fairlead other = instance(shop)) {
            append(shop.events("checkout"), "s1", 0, 2);
            Following<String, Sale> first = one.events(SalePlan.SALES)
                    .follow(
                            "labels",
                            Handler.effect(happened -> {
                                handled.add("begun " + SaleDesk.number(happened));
                                never.await();
                            }),
                            BRISK);
            await().atMost(SOON).until(() -> handled.contains("begun 0"));
            Following<String, Sale> second = follow(other, "second");
            awaitDone(second);
            await().atMost(SOON).until(() -> first.status().state() == FollowStatus.State.REPLACED);
            assertThat(handled).containsExactly("begun 0", "second 0", "second 1");
            assertThat(second.status().parked()).isZero();
        }
    }
}
