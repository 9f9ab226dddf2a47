package dev.fairlead.testbed;

import static dev.fairlead.testbed.Store.CHARGE;
import static dev.fairlead.testbed.Store.PARCELS;
import static dev.fairlead.testbed.Store.RATE;
import static dev.fairlead.testbed.Store.SALES;
import static dev.fairlead.testbed.Store.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Handling;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Owner;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Telling;
import dev.fairlead.testbed.Store.Charge;
import dev.fairlead.testbed.Store.Dispatch;
import dev.fairlead.testbed.Store.Paid;
import dev.fairlead.testbed.Store.Parcel;
import dev.fairlead.testbed.Store.Rate;
import dev.fairlead.testbed.Store.Sale;
import dev.fairlead.testbed.Store.Sent;
import dev.fairlead.testkit.faults.ActiveFault;
import dev.fairlead.testkit.faults.DeliveryFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestLandscapeTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(100);

    private static final FailurePolicy ONCE =
            new FailurePolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final TestLandscape landscape = Store.open();

    @AfterEach
    void close() {
        landscape.close();
    }

    @Test
    void quietIsWhenTheWholeChainOfWritesIsDone() {
        Queue<String> charged = new ConcurrentLinkedQueue<>();
        Queue<String> counted = new ConcurrentLinkedQueue<>();
        Events<String, Sale> sales = landscape.open("checkout").events(SALES);
        Fairlead shipping = landscape.open("shipping");
        Owner<String, Parcel> parcels = shipping.own(PARCELS);
        Events<String, Dispatch> sent = shipping.events(SENT);
        shipping.events(SALES).follow("send", Handler.effect(paid -> {
            parcels.put(new Parcel(paid.key(), "a"));
            sent.append(paid.key(), new Sent("a"));
            shipping.tell(CHARGE, new Charge(paid.key()));
        }));
        Fairlead payment = landscape.open("payment");
        payment.handle(CHARGE, (charge, told) -> charged.add(charge.saleId()));
        payment.events(SENT).follow("count", Handler.effect(done -> counted.add(done.key())));
        Copy<String, Parcel> copy = landscape.open("storefront").copy(PARCELS);
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        copy.listen(change -> heard.add(change.key()));

        for (int i = 0; i < 200; i++) {
            String sale = "s" + i;
            sales.append(sale, new Paid("a"));

            assertThat(landscape.awaitQuiet(SOON)).isEmpty();

            assertThat(charged).hasSize(i + 1);
            assertThat(counted).hasSize(i + 1);
            assertThat(copy.read(sale)).isInstanceOf(Reading.Fresh.class);
            assertThat(heard).contains(sale);
        }
    }

    @Test
    void aHandlerThatIsBusyIsWaitedForAndNamed() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Events<String, Sale> sales = landscape.open("checkout").events(SALES);
        Fairlead shipping = landscape.open("shipping");
        Owner<String, Parcel> parcels = shipping.own(PARCELS);
        shipping.events(SALES).follow("send", Handler.effect(paid -> {
            entered.countDown();
            released.await();
            parcels.put(new Parcel(paid.key(), "a"));
        }));
        Copy<String, Parcel> copy = landscape.open("storefront").copy(PARCELS);
        sales.append("s1", new Paid("a"));
        entered.await();

        assertThatThrownBy(() -> landscape.awaitQuiet(SHORT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not quiet after PT0.1S; outstanding:")
                .hasMessageContaining("group send of checkout.sale in shipping is handling 1 events");

        released.countDown();
        assertThat(landscape.awaitQuiet(SOON)).isEmpty();
        assertThat(copy.read("s1")).isInstanceOf(Reading.Fresh.class);
    }

    @Test
    void aParkedKeyIsDone() {
        Events<String, Sale> sales = landscape.open("checkout").events(SALES);
        Following<String, Sale> group = landscape
                .open("shipping")
                .events(SALES)
                .follow(
                        "send",
                        Handler.effect(paid -> {
                            throw new IllegalStateException("no such sku");
                        }),
                        ONCE);
        sales.append("s1", new Paid("a"));
        sales.append("s1", new Paid("b"));

        assertThat(landscape.awaitQuiet(SOON)).isEmpty();

        assertThat(group.parked()).extracting(ParkedKey::total).containsExactly(2L);
    }

    @Test
    void theNextAttemptWaitsForTheClockAndHoldsNothingUp() {
        AtomicInteger attempts = new AtomicInteger();
        Events<String, Sale> sales = landscape.open("checkout").events(SALES);
        landscape.open("shipping").events(SALES).follow("send", Handler.effect(paid -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
            }
        }));
        sales.append("s1", new Paid("a"));

        assertThat(landscape.awaitQuiet(SOON))
                .containsExactly("group send of checkout.sale in shipping: 1 events wait for the next attempt at one"
                        + " that failed");

        landscape.advance(Duration.ofMinutes(1));
        assertThat(landscape.awaitQuiet(SOON)).isEmpty();
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aRecordThatAFaultDelaysIsOutstanding() {
        Owner<String, Parcel> parcels = landscape.open("shipping").own(PARCELS);
        Copy<String, Parcel> copy = landscape.open("storefront").copy(PARCELS);
        landscape.awaitQuiet(SOON);
        ActiveFault late = landscape
                .faults("storefront")
                .onDelivery("shipping.parcel", DeliveryFault.delay(Duration.ofSeconds(3)));
        parcels.put(new Parcel("s1", "a"));
        await().atMost(SOON).until(() -> late.bites() == 1);

        assertThatThrownBy(() -> landscape.awaitQuiet(SHORT))
                .hasMessageContaining("copy of shipping.parcel in storefront has not applied 1 records, from offset 0");

        landscape.advance(Duration.ofSeconds(3));
        assertThat(landscape.awaitQuiet(SOON)).isEmpty();
        assertThat(copy.read("s1")).isInstanceOf(Reading.Fresh.class);
    }

    @Test
    void whatIsToldForLaterWaitsForTheClock() {
        Fairlead shipping = landscape.open("shipping");
        Handling<Charge> handling = landscape.open("payment").handle(CHARGE, (charge, told) -> {});
        shipping.tell(CHARGE, new Charge("s1"), Telling.after(Duration.ofHours(1)));

        assertThat(landscape.awaitQuiet(SOON))
                .containsExactly("fairlead handler of payment.charge in payment: 1 messages are not to be handled yet");

        for (int hours = 0; hours < 2; hours++) {
            landscape.advance(Duration.ofHours(1));
            assertThat(landscape.awaitQuiet(SOON)).isEmpty();
            assertThat(handling.statistics().handled()).isEqualTo(1);
        }
    }

    @Test
    void whatIsToldToAServiceThatIsNotOpenHoldsNothingUp() {
        landscape.open("shipping").tell(CHARGE, new Charge("s1"));

        assertThat(landscape.awaitQuiet(SOON)).containsExactly("1 messages to payment.charge wait for a handler");

        landscape
                .open("payment")
                .handle(
                        CHARGE,
                        (charge, told) -> {
                            throw new IllegalStateException("no money");
                        },
                        ONCE);
        assertThat(landscape.awaitQuiet(SOON)).isEmpty();
    }

    @Test
    void aQuestionUnderWayIsWaitedFor() {
        CountDownLatch released = new CountDownLatch(1);
        landscape.open("payment").answer(RATE, (question, asked) -> {
            released.await();
            return question;
        });
        CompletableFuture<Rate> answer = landscape.open("storefront").askAsync(RATE, new Rate("a"));

        assertThatThrownBy(() -> landscape.awaitQuiet(SHORT))
                .hasMessageContaining("1 questions to payment.rate have no outcome");

        released.countDown();
        assertThat(landscape.awaitQuiet(SOON)).isEmpty();
        assertThat(answer).isCompletedWithValue(new Rate("a"));
    }

    @Test
    void aCommittedEventInAnOutboxIsPublishedWithoutTheClock() throws SQLException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:outbox;DB_CLOSE_DELAY=-1");
        Events<String, Sale> sales = landscape.open("checkout").events(SALES);
        Queue<String> came = new ConcurrentLinkedQueue<>();
        landscape.open("shipping").events(SALES).follow("send", Handler.effect(paid -> came.add(paid.key())));
        try (var outbox = sales.outbox(database);
                Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 3; i++) {
                outbox.append(connection, "s" + i, new Paid("a"));
                connection.commit();

                assertThat(landscape.awaitQuiet(SOON)).isEmpty();

                assertThat(came).hasSize(i + 1);
            }
        }
    }

    @Test
    void aCopyWhoseOwnerIsDownGrowsOldWithTheClock() {
        landscape.open("shipping").own(PARCELS).put(new Parcel("s1", "a"));
        Copy<String, Parcel> copy = landscape.open("storefront").copy(PARCELS);
        landscape.awaitQuiet(SOON);
        assertThat(copy.get("s1")).isInstanceOf(Reading.Fresh.class);

        landscape.close("shipping");
        landscape.advance(Duration.ofSeconds(6));

        assertThat(copy.health().state()).isEqualTo(HealthState.STALE);
        assertThat(copy.health().age()).isEqualTo(Duration.ofSeconds(6));
        assertThatThrownBy(() -> copy.get("s1"))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        stale -> assertThat(stale.code()).isEqualTo(ErrorCode.STALE));

        landscape.open("shipping").own(PARCELS);
        copy.awaitLive(SOON);
        assertThat(copy.get("s1")).isInstanceOf(Reading.Fresh.class);
    }

    @Test
    void aPlanThatAsksForDurabilityGetsIt() {
        try (TestLandscape durable =
                TestLandscape.of(Store.CHECKOUT.replace("    key: saleId", "    key: saleId\n    durability: D1"))) {
            assertThat(durable.open("checkout")
                            .events(SALES)
                            .append("s1", new Paid("a"))
                            .durability())
                    .isEqualTo(Durability.D1);
            assertThat(durable.awaitQuiet(SOON)).isEmpty();
        }
    }

    @Test
    void theFoldersOfATestAreGoneAfterwards() {
        PlanSource source = PlanSource.texts(List.of(Store.CHECKOUT));
        assertThat(source.folder()).isDirectory();

        source.close();
        source.close();

        assertThat(source.own()).doesNotExist();
    }
}
