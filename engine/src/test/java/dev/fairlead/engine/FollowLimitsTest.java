package dev.fairlead.engine;

import static dev.fairlead.engine.Refusals.refused;
import static dev.fairlead.engine.SaleDesk.BRISK;
import static dev.fairlead.engine.SaleDesk.SOON;
import static dev.fairlead.engine.SaleDesk.append;
import static dev.fairlead.engine.SaleDesk.awaitDone;
import static dev.fairlead.engine.SaleDesk.number;
import static dev.fairlead.engine.SaleDesk.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FollowStatus;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.SettableTime;
import dev.fairlead.testkit.faults.ActiveFault;
import dev.fairlead.testkit.faults.AppendFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a group does where something has an end: its parking, the disk, what the log keeps, the process. */
@Timeout(90)
class FollowLimitsTest {
    private static final String PARKING = "checkout.sale.parked.shipping.labels";

    @TempDir
    Path folder;

    private SaleDesk desk;

    @BeforeEach
    void open() {
        desk = new SaleDesk(folder);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private EmbeddedMechanism embedded(TimeSource time) {
        return EmbeddedMechanism.open(
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder.toAbsolutePath(), time));
    }

    @Test
    void aGroupWithAllParkedThatItMayStopsSaysSoAndGoesOnWhenThereIsRoom() {
        Events<String, Sale> sales = desk.events("checkout");
        append(sales, "bad", 0, Parking.MOST + 3);
        AtomicBoolean repaired = new AtomicBoolean();
        Following<String, Sale> following = desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            if (!repaired.get() && happened.key().startsWith("bad")) {
                                throw new IllegalStateException("down");
                            }
                            desk.see(happened);
                        }),
                        BRISK);
        await().atMost(Duration.ofSeconds(60)).until(() -> following.status().parked() == Parking.MOST);
        append(sales, "bad", Parking.MOST + 3, Parking.MOST + 5);
        append(sales, "bad too", 0, 1);
        append(sales, "good", 0, 10);

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(following.status().stopped().orElse("")).contains("10000 events are parked"));
        assertThat(following.status().state()).isEqualTo(FollowStatus.State.FULL);
        assertThat(following.status().done().offset()).isEqualTo(Parking.MOST);
        assertThat(desk.seen()).isEmpty();

        repaired.set(true);
        following.redrive("bad");
        awaitDone(following);
        await().atMost(SOON).until(() -> following.status().parked() == 0);
        assertThat(following.status().stopped()).isEmpty();
        assertThat(desk.seen().get("bad")).isEqualTo(numbers(0, Parking.MOST + 5));
        assertThat(desk.seen().get("good")).isEqualTo(numbers(0, 10));
    }

    @Test
    void whileTheDiskIsFullNothingIsParkedAndNothingPassedOver() {
        Events<String, Sale> sales = desk.events("checkout");
        try (FaultyMechanism faulty = FaultyMechanism.around(embedded(TimeSource.SYSTEM), TimeSource.SYSTEM, 1);
                Fairlead shipping =
                        Opening.of("shipping", folder).mechanism(faulty).open()) {
            ActiveFault full = faulty.onAppend(PARKING, AppendFault.fail(ErrorCode.STORAGE_FULL));
            Following<String, Sale> following = shipping.events(SalePlan.SALES)
                    .follow(
                            "labels",
                            Handler.effect(happened -> {
                                if (happened.key().equals("bad")) {
                                    throw new IllegalStateException("down");
                                }
                                desk.see(happened);
                            }),
                            BRISK);
            append(sales, "bad", 0, 3);
            append(sales, "good", 0, 100);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(desk.seen().get("good")).isEqualTo(numbers(0, 100)));
            await().atMost(SOON).until(() -> full.bites() > 1);
            assertThat(following.status().parked()).isZero();
            assertThat(following.status().done().offset()).isZero();
            assertThat(following.status().hindered()).contains(ErrorCode.STORAGE_FULL);
            assertThat(following.status().state()).isEqualTo(FollowStatus.State.FOLLOWING);

            full.heal();
            awaitDone(following);
            assertThat(following.status().hindered()).isEmpty();
            assertThat(following.status().parked()).isEqualTo(3);
        }
    }

    @Test
    void eventsThatRetentionTookFirstAreToldAndNeverPassedOverInSilence() {
        PlanFolder.write(folder, "checkout.yaml", SalePlan.CHECKOUT + "    retention: 1h\n");
        SettableTime time = SettableTime.create();
        try (EmbeddedMechanism mechanism = embedded(time);
                Fairlead checkout = Opening.of("checkout", folder)
                        .time(time)
                        .mechanism(mechanism)
                        .open();
                Fairlead shipping = Opening.of("shipping", folder)
                        .time(time)
                        .mechanism(mechanism)
                        .open()) {
            Events<String, Sale> sales = checkout.events(SalePlan.SALES);
            append(sales, "s", 0, 10);
            Following<String, Sale> first =
                    shipping.events(SalePlan.SALES).follow("labels", Handler.effect(desk::see), BRISK);
            awaitDone(first);
            first.close();
            append(sales, "s", 10, 30);
            time.advance(Duration.ofHours(2));
            mechanism.applyRetention();
            append(sales, "s", 30, 35);

            Following<String, Sale> late =
                    shipping.events(SalePlan.SALES).follow("labels", Handler.effect(desk::see), BRISK);
            awaitDone(late);
            assertThat(late.status().missed()).isEqualTo(20);
            assertThat(desk.seen().get("s"))
                    .startsWith(0, 1)
                    .endsWith(30, 31, 32, 33, 34)
                    .hasSize(15);
        }
    }

    @Test
    void aRestartGoesOnSendingAgain() {
        Events<String, Sale> sales = desk.events("checkout");
        append(sales, "bad", 0, 50);
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean repaired = new AtomicBoolean();
        Following<String, Sale> first = desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            if (!repaired.get()) {
                                throw new IllegalStateException("down");
                            }
                            if (number(happened) == 20) {
                                never.await();
                            }
                            desk.see(happened);
                        }),
                        BRISK);
        awaitDone(first);
        repaired.set(true);
        first.redrive("bad");
        await().atMost(SOON).until(() -> first.status().parked() == 30);
        desk.closeLast();

        Following<String, Sale> second = desk.events("shipping").follow("labels", Handler.effect(desk::see), BRISK);
        await().atMost(SOON).until(() -> second.status().parked() == 0);
        assertThat(desk.seen().get("bad")).isEqualTo(numbers(0, 50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../labels", "a/b", "a.b", "Labels", "-a", "C:\\x", "labels\u0000", "läbels"})
    void aGroupIsNoPath(String group) {
        Events<String, Sale> sales = desk.events("shipping");
        refused(ErrorCode.BAD_VALUE, "a group's name is", () -> sales.follow(group, Handler.effect(desk::see), BRISK));
        refused(
                ErrorCode.BAD_VALUE,
                "a group's name is",
                () -> sales.follow("a".repeat(49), Handler.effect(desk::see), BRISK));
    }
}
