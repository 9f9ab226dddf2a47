package dev.fairlead.engine;

import static dev.fairlead.engine.SaleDesk.BRISK;
import static dev.fairlead.engine.SaleDesk.SOON;
import static dev.fairlead.engine.SaleDesk.append;
import static dev.fairlead.engine.SaleDesk.awaitDone;
import static dev.fairlead.engine.SaleDesk.number;
import static dev.fairlead.engine.SaleDesk.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Origin;
import dev.fairlead.api.ParkedEvent;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.api.Position;
import dev.fairlead.api.Trace;
import dev.fairlead.engine.SalePlan.Closed;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FollowTest {
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

    @Test
    void eachKeyIsHandledInOrderWhileManyAreHandledAtOnce() {
        Events<String, Sale> sales = desk.events("checkout");
        for (int i = 0; i < 2000; i++) {
            sales.appendAsync("s" + i % 50, new ItemAdded("sku", i / 50));
        }
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Following<String, Sale> following = desk.events("shipping").follow("labels", Handler.effect(happened -> {
            threads.add(Thread.currentThread());
            Thread.yield();
            desk.see(happened);
        }));
        awaitDone(following);

        assertThat(desk.seen())
                .hasSize(50)
                .allSatisfy((key, order) -> assertThat(order).isEqualTo(numbers(0, 40)));
        assertThat(threads).hasSizeGreaterThan(1);
        assertThat(following.status().handled()).isEqualTo(2000);
    }

    @Test
    void aFailingKeyIsParkedWithItsSuccessorsInOrderAndNoOtherKeyNotices() {
        Events<String, Sale> sales = desk.events("checkout");
        AtomicInteger attempts = new AtomicInteger();
        Following<String, Sale> following = desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            if (happened.key().equals("bad") && number(happened) == 3) {
                                attempts.incrementAndGet();
                                throw new IllegalStateException("no such address");
                            }
                            desk.see(happened);
                        }),
                        BRISK);
        for (int i = 0; i < 100; i++) {
            append(sales, "bad", i, i + 1);
            append(sales, "good" + i % 5, i, i + 1);
        }
        awaitDone(following);

        assertThat(attempts).hasValue(3);
        assertThat(desk.seen().get("bad")).isEqualTo(numbers(0, 3));
        assertThat(desk.seen().get("good4")).hasSize(20).isSorted();
        assertThat(following.status().parked()).isEqualTo(97);
        ParkedKey parked = following.parked().getFirst();
        assertThat(parked.key()).isEqualTo("bad");
        assertThat(parked.total()).isEqualTo(97);
        assertThat(parked.events())
                .extracting(ParkedEvent::position)
                .isSortedAccordingTo((one, other) -> Long.compare(one.offset(), other.offset()));
        assertThat(parked.events().getFirst().attempts()).isEqualTo(3);
        assertThat(parked.events().getFirst().error()).isEqualTo("IllegalStateException: no such address");
        assertThat(number(following.inspect("bad", parked.events().getFirst().position())))
                .isEqualTo(3);
    }

    @Test
    void whatIsParkedStaysParkedInOrderOverARestartAndIsSentAgainInOrder() {
        Events<String, Sale> sales = desk.events("checkout");
        append(sales, "bad", 0, 50);
        Following<String, Sale> first = desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            throw new IllegalStateException("down");
                        }),
                        BRISK);
        awaitDone(first);
        desk.restart();

        sales = desk.events("checkout");
        AtomicBoolean repaired = new AtomicBoolean();
        Following<String, Sale> second = desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            if (!repaired.get() && number(happened) == 20) {
                                throw new IllegalStateException("still down");
                            }
                            desk.see(happened);
                        }),
                        BRISK);
        append(sales, "bad", 50, 60);
        awaitDone(second);
        assertThat(desk.seen()).isEmpty();
        assertThat(second.status().parked()).isEqualTo(60);

        assertThat(second.redrive("bad")).isEqualTo(60);
        await().atMost(SOON)
                .until(() ->
                        second.parked().getFirst().events().getFirst().error().contains("still down"));
        assertThat(desk.seen().get("bad")).isEqualTo(numbers(0, 20));
        assertThat(second.status().parked()).isEqualTo(40);
        assertThat(second.parked().getFirst().events().getFirst().attempts()).isEqualTo(3);

        repaired.set(true);
        second.redrive("bad");
        append(sales, "bad", 60, 70);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(desk.seen().get("bad")).isEqualTo(numbers(0, 70)));
        await().atMost(SOON).until(() -> second.parked().isEmpty());
        desk.restart();

        Following<String, Sale> third = desk.events("shipping").follow("labels", Handler.effect(desk::see), BRISK);
        append(desk.events("checkout"), "bad", 70, 71);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(desk.seen().get("bad")).isEqualTo(numbers(0, 71)));
        assertThat(third.parked()).isEmpty();
    }

    @Test
    void aDismissedEventIsGoneForGoodAndItsSuccessorsWaitUntilTheyAreSent() {
        Events<String, Sale> sales = desk.events("checkout");
        append(sales, "bad", 0, 3);
        Handler<String, Sale> handler = Handler.effect(happened -> {
            if (number(happened) == 0) {
                throw new IllegalStateException("never");
            }
            desk.see(happened);
        });
        Following<String, Sale> following = desk.events("shipping").follow("labels", handler, BRISK);
        awaitDone(following);

        assertThatThrownBy(() -> following.dismiss("bad", " ")).hasMessageContaining("a reason has 1 to 1000");
        assertThatThrownBy(() -> following.dismiss("good", "x")).hasMessageContaining("nothing is parked under good");
        following.dismiss("bad", "entered by mistake");
        assertThat(following.status().parked()).isEqualTo(2);
        desk.restart();

        Following<String, Sale> again = desk.events("shipping").follow("labels", handler, BRISK);
        assertThat(again.status().parked()).isEqualTo(2);
        again.redrive("bad");
        await().atMost(SOON).until(() -> again.parked().isEmpty());
        assertThat(desk.seen().get("bad")).containsExactly(1, 2);
    }

    @Test
    void thePositionNeverPassesAnEventThatIsNeitherHandledNorParked() {
        Events<String, Sale> sales = desk.events("checkout");
        for (int i = 0; i < 1500; i++) {
            sales.appendAsync("s" + i % 40, new ItemAdded("sku", i));
        }
        Set<Long> done = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 6; round++) {
            AtomicInteger calls = new AtomicInteger();
            CountDownLatch stuck = new CountDownLatch(1);
            int stop = 150 + 60 * round;
            Following<String, Sale> following = desk.events("shipping")
                    .follow(
                            "labels",
                            Handler.effect(happened -> {
                                if (number(happened) % 41 == 7) {
                                    throw new IllegalStateException("bad number");
                                }
                                if (calls.incrementAndGet() > stop) {
                                    stuck.await();
                                }
                                done.add(happened.position().offset());
                            }),
                            BRISK);
            await().atMost(SOON).until(() -> calls.get() > stop || atEnd(following));
            following.close();
            long noted = following.status().done().offset();
            desk.closeLast();

            Following<String, Sale> look = desk.events("shipping")
                    .follow(
                            "labels",
                            Handler.effect(happened -> {
                                new CountDownLatch(1).await();
                            }),
                            BRISK);
            Set<Long> settled = ConcurrentHashMap.newKeySet();
            settled.addAll(done);
            look.parked()
                    .forEach(key -> key.events()
                            .forEach(event -> settled.add(event.position().offset())));
            for (long offset = 0; offset < noted; offset++) {
                assertThat(settled).contains(offset);
            }
            desk.closeLast();
        }
        Following<String, Sale> last = desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            done.add(happened.position().offset());
                        }),
                        BRISK);
        awaitDone(last);
        last.parked().forEach(key -> last.redrive(key.key()));
        await().atMost(SOON).untilAsserted(() -> assertThat(done).hasSize(1500));
    }

    private static boolean atEnd(Following<String, Sale> following) {
        return following.status().done().equals(following.status().end());
    }

    @Test
    void aGroupHasOneFollowerInAProcessAndServicesDoNotShareGroups() {
        Events<String, Sale> sales = desk.events("checkout");
        append(sales, "s", 0, 5);
        Events<String, Sale> shipping = desk.events("shipping");
        Following<String, Sale> first = shipping.follow("labels", Handler.effect(desk::see));
        assertThatThrownBy(() -> desk.events("shipping").follow("labels", Handler.effect(desk::see)))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GROUP_TAKEN));
        AtomicInteger own = new AtomicInteger();
        sales.follow("labels", Handler.effect(happened -> own.incrementAndGet()));
        await().atMost(SOON).until(() -> own.get() == 5);
        awaitDone(first);
        first.close();
        first.close();

        shipping.follow("labels", Handler.effect(desk::see));
        append(sales, "s", 5, 6);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(desk.seen().get("s")).isEqualTo(numbers(0, 6)));
        assertThatThrownBy(() -> first.parked())
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
    }

    @Test
    void recordsThatCannotBeReadAreParkedAndUnknownEventsAsThePlanSays() {
        Events<String, Sale> sales = desk.events("checkout");
        append(sales, "good", 0, 1);
        EventFormat format = new EventFormat("checkout.sale");
        try (EmbeddedMechanism mechanism = EmbeddedMechanism.open(new MechanismOpening(
                        Map.of("data", "data", "durability", "D1"), folder.toAbsolutePath(), TimeSource.SYSTEM));
                LogWriter writer = mechanism.claim("checkout.sale", "another program")) {
            byte[] key = {'b', 'a', 'd'};
            byte[] newer = {'n', 'e', 'w'};
            byte[] text = {'{', '}'};
            byte[] header = format.pack(
                    new EventEnvelope("Returned", 1, 1, TimeSource.SYSTEM.now(), Origin.of(Trace.begin())),
                    newer,
                    text);
            byte[] damaged = format.pack(
                    new EventEnvelope("Closed", 1, 1, TimeSource.SYSTEM.now(), Origin.of(Trace.begin())), key, text);
            damaged[9]++;
            writer.append(0, List.of(new LogEntry(key, damaged, text)))
                    .thenCompose(done -> writer.append(0, List.of(new LogEntry(newer, header, text))))
                    .thenCompose(done -> writer.append(0, List.of(new LogEntry(key, new byte[4000], text))))
                    .join();
        }
        Events<String, Sale> next = desk.events("checkout");
        append(next, "good", 1, 2);
        next.append("bad", new Closed());

        Following<String, Sale> strict = desk.events("shipping").follow("labels", Handler.effect(desk::see), BRISK);
        awaitDone(strict);
        assertThat(desk.seen().get("good")).containsExactly(0, 1);
        assertThat(strict.parked()).extracting(ParkedKey::key).containsExactlyInAnyOrder("bad", "new");
        assertThat(strict.status().parked()).isEqualTo(4);
        assertThatThrownBy(() -> strict.inspect("bad", new Position(0, 1))).hasMessageContaining("checksum");

        AtomicInteger closed = new AtomicInteger();
        Following<String, BilledSale> lenient =
                SalePlanBilling.follow(desk.open("billing"), "invoices", happened -> closed.incrementAndGet());
        await().atMost(SOON).until(() -> lenient.status().passedOver() == 1);
        assertThat(lenient.parked()).extracting(ParkedKey::key).doesNotContain("new");
        assertThat(next.read(next.oldest(), 10).passedOver()).isEqualTo(3);
    }

    sealed interface BilledSale {
        record ItemAdded(String sku) implements BilledSale {}

        record Closed() implements BilledSale {}
    }

    private static final class SalePlanBilling {
        private static final EventItem<String, BilledSale> ITEM =
                EventItem.of("checkout.sale", String.class, BilledSale.class);

        static Following<String, BilledSale> follow(
                Fairlead billing, String group, Handler.Action<String, BilledSale> action) {
            return billing.events(ITEM).follow(group, Handler.effect(action));
        }
    }

    @Test
    void aReplayCallsAProjectionAgainButNoEffectAndNoOtherGroup() {
        Events<String, Sale> sales = desk.events("checkout");
        append(sales, "s", 0, 300);
        Events<String, Sale> shipping = desk.events("shipping");
        AtomicInteger effects = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        Following<String, Sale> projecting = shipping.follow("view", Handler.projection(desk::see));
        Following<String, Sale> acting =
                shipping.follow("labels", Handler.effect(happened -> effects.incrementAndGet()));
        Following<String, Sale> other =
                shipping.follow("other", Handler.projection(happened -> others.incrementAndGet()));
        for (Following<String, Sale> each : List.of(projecting, acting, other)) {
            awaitDone(each);
        }
        desk.seen().clear();
        projecting.replay(new Position(0, 100));
        acting.replay(new Position(0, 0));
        append(sales, "s", 300, 310);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(desk.seen().get("s"))
                        .endsWith(numbers(100, 310).toArray(Integer[]::new)));
        assertThat(desk.seen().get("s")).hasSizeLessThanOrEqualTo(220);
        await().atMost(SOON).until(() -> projecting.status().replay().isEmpty());
        await().atMost(SOON).until(() -> acting.status().replay().isEmpty() && effects.get() == 310);
        await().atMost(SOON).until(() -> others.get() == 310);
        assertThatThrownBy(() -> projecting.replay(new Position(0, 1000))).hasMessageContaining("cannot replay");
    }

    @Test
    void aReplayShowsItsProgressAndIsForgottenByARestart() {
        Events<String, Sale> sales = desk.events("checkout");
        append(sales, "s", 0, 20);
        AtomicBoolean hold = new AtomicBoolean();
        CountDownLatch go = new CountDownLatch(1);
        Following<String, Sale> following = desk.events("shipping").follow("view", Handler.projection(happened -> {
            if (hold.get() && number(happened) == 15) {
                go.await();
            }
            desk.see(happened);
        }));
        awaitDone(following);
        hold.set(true);
        following.replay(new Position(0, 10));

        await().atMost(SOON)
                .until(() -> following.status().replay().orElseThrow().next().offset() == 15);
        assertThat(following.status().replay().orElseThrow().until().offset()).isEqualTo(20);
        assertThatThrownBy(() -> following.replay(new Position(0, 0))).hasMessageContaining("replaying already");
        assertThat(following.status().done().offset()).isEqualTo(20);
        desk.restart();

        desk.seen().clear();
        Following<String, Sale> again = desk.events("shipping").follow("view", Handler.projection(desk::see));
        append(desk.events("checkout"), "s", 20, 21);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(desk.seen().get("s")).containsExactly(20));
        assertThat(again.status().replay()).isEmpty();
    }
}
