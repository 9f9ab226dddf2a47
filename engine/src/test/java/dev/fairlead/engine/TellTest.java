package dev.fairlead.engine;

import static dev.fairlead.engine.Shop.SUBMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Cause;
import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handling;
import dev.fairlead.api.Origin;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.api.TellReceipt;
import dev.fairlead.api.Telling;
import dev.fairlead.api.Trace;
import dev.fairlead.engine.Shop.Amount;
import dev.fairlead.engine.Shop.QuoteQuestion;
import dev.fairlead.engine.Shop.Submit;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TellTest {
    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private Shop shop;
    private Fairlead owner;
    private Fairlead till;

    record Wrong(int sku) {}

    @BeforeEach
    void open() {
        shop = new Shop(folder, time);
        owner = shop.open("shop");
        till = shop.open("till");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whatIsToldReachesTheHandlerUnderTheKeyOfTheReceipt() {
        Queue<String> came = new ConcurrentLinkedQueue<>();
        Handling<Submit> handling = owner.handle(
                SUBMIT, (question, told) -> came.add(question.sku() + " " + told.key() + " " + told.attempt()));

        TellReceipt receipt = till.tell(SUBMIT, new Submit("a"));

        assertThat(receipt.item()).isEqualTo("shop.submit");
        assertThat(receipt.durability()).isEqualTo(Durability.D0);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(came).containsExactly("a " + receipt.key() + " 1"));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(handling.statistics().handled()).isEqualTo(1));
        assertThat(handling.statistics().held()).isZero();
    }

    @Test
    void whatIsToldWaitsUntilItsOwnerIsThereAlsoOverARestart() {
        PlanFolder.write(folder, "landscape.yaml", "mechanisms:\n  embedded: { durability: D1, data: data }\n");
        try (Fairlead first = Opening.of("till", folder).time(time).open()) {
            assertThat(first.tell(SUBMIT, new Submit("a")).durability()).isEqualTo(Durability.D1);
            first.tellAsync(SUBMIT, new Submit("b"), Telling.now()).join();
        }
        Queue<String> came = new ConcurrentLinkedQueue<>();
        try (Fairlead later = Opening.of("shop", folder).time(time).open()) {
            later.handle(SUBMIT, (question, told) -> came.add(question.sku()));

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(came).containsExactlyInAnyOrder("a", "b"));
        }
    }

    @Test
    void severalInstancesShareWhatIsTold() {
        Fairlead second = shop.open("shop");
        Queue<String> came = new ConcurrentLinkedQueue<>();
        Handling<Submit> one = owner.handle(SUBMIT, (question, told) -> came.add(question.sku()));
        Handling<Submit> other = second.handle(SUBMIT, (question, told) -> came.add(question.sku()));
        List<String> all = IntStream.range(0, 500).mapToObj(i -> "m" + i).toList();

        all.forEach(each -> till.tell(SUBMIT, new Submit(each)));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(came).containsExactlyInAnyOrderElementsOf(all));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(
                                one.statistics().handled() + other.statistics().handled())
                        .isEqualTo(500));
    }

    @Test
    void aHandlerThatFailsIsTriedAgainWithGrowingDelaysAndThenTheMessageIsSetAside() {
        AtomicInteger attempts = new AtomicInteger();
        Queue<String> came = new ConcurrentLinkedQueue<>();
        Handling<Submit> handling = owner.handle(SUBMIT, (question, told) -> {
            if (question.sku().equals("poison")) {
                assertThat(told.attempt()).isEqualTo(attempts.incrementAndGet());
                throw new IllegalStateException("cannot be sold");
            }
            came.add(question.sku());
        });
        UUID key = till.tell(SUBMIT, new Submit("poison")).key();
        for (int failed = 1; failed <= 4; failed++) {
            int expected = failed;
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(attempts).hasValue(expected));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(handling.statistics().later()).isEqualTo(1));
            time.advance(Duration.ofMillis(100L << failed - 1).minusMillis(2));
            till.tell(SUBMIT, new Submit("good " + failed));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(came).contains("good " + expected));
            assertThat(attempts).hasValue(failed);
            time.advance(Duration.ofMillis(4));
        }

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(handling.statistics().dead()).isEqualTo(1));
        assertThat(attempts).hasValue(5);
        assertThat(handling.deadLetters(-1, 10)).singleElement().satisfies(dead -> {
            assertThat(dead.key()).isEqualTo(key);
            assertThat(dead.attempts()).isEqualTo(5);
            assertThat(dead.error()).isEqualTo("IllegalStateException: cannot be sold");
            assertThat(dead.since()).isEqualTo(Instant.ofEpochMilli(time.now().toEpochMilli()));
        });
        assertThat(handling.statistics().retried()).isEqualTo(4);
    }

    @Test
    void anAttemptThatTakesTooLongHasFailedAndItsLateEndCountsForNothing() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger interrupts = new AtomicInteger();
        Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        Handling<Submit> handling = owner.handle(SUBMIT, (question, told) -> {
            attempts.add(told.attempt());
            if (told.attempt() > 1) {
                return;
            }
            assertThat(told.left()).isEqualTo(Duration.ofSeconds(30));
            while (goOn.getCount() > 0) {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    interrupts.incrementAndGet();
                }
            }
        });
        till.tell(SUBMIT, new Submit("slow"));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(attempts).containsExactly(1));
        assertThat(handling.statistics().held()).isEqualTo(1);

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            time.advance(Duration.ofSeconds(31));
            assertThat(attempts).containsExactly(1, 2);
        });

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(interrupts).hasValue(1));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(handling.statistics().handled()).isEqualTo(1));
        goOn.countDown();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(handling.statistics().late()).isEqualTo(1));
        assertThat(handling.statistics().handled()).isEqualTo(1);
        assertThat(handling.statistics().held()
                        + handling.statistics().waiting()
                        + handling.statistics().dead())
                .isZero();
    }

    @Test
    void handlersThatAreClosedInTheMiddleUseUpNoAttempt() {
        till.tell(SUBMIT, new Submit("a"));
        for (int close = 0; close < 6; close++) {
            CountDownLatch running = new CountDownLatch(1);
            Handling<Submit> closed = owner.handle(SUBMIT, (question, told) -> {
                running.countDown();
                new CountDownLatch(1).await(); // until it is interrupted by the close
            });
            await().atMost(Duration.ofMinutes(1)).until(() -> running.getCount() == 0);
            closed.close();
        }
        Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        Handling<Submit> last = owner.handle(SUBMIT, (question, told) -> attempts.add(told.attempt()));

        await().atMost(Duration.ofMinutes(1)).until(() -> last.statistics().handled() == 1);
        assertThat(attempts).containsExactly(1);
        assertThat(last.statistics().dead()).isZero();
    }

    @Test
    void deadLettersAreInspectedSentAgainInOrderAndDismissed() {
        AtomicInteger good = new AtomicInteger();
        Queue<String> came = new ConcurrentLinkedQueue<>();
        Handling<Submit> handling = owner.handle(
                SUBMIT,
                (question, told) -> {
                    if (good.get() == 0) {
                        throw new IllegalStateException("not yet");
                    }
                    came.add(question.sku() + told.attempt());
                },
                new FailurePolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(9)));
        for (int i = 0; i < 4; i++) {
            int dead = i + 1;
            till.tell(SUBMIT, new Submit("m" + i));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(handling.statistics().dead()).isEqualTo(dead));
        }
        List<Long> numbers = handling.deadLetters(-1, 1000).stream()
                .map(dead -> dead.number())
                .toList();
        assertThat(handling.deadLetters(numbers.get(1), 1))
                .singleElement()
                .satisfies(dead -> assertThat(dead.number()).isEqualTo(numbers.get(2)));
        assertThat(handling.inspect(numbers.get(3))).isEqualTo(new Submit("m3"));

        good.set(1);
        handling.dismiss(numbers.get(1), "the customer is gone");
        assertThat(code(() -> handling.dismiss(numbers.get(1), "again"))).isEqualTo(ErrorCode.BAD_VALUE);
        assertThat(code(() -> handling.inspect(numbers.get(1)))).isEqualTo(ErrorCode.BAD_VALUE);
        assertThat(handling.redrive(numbers.get(3))).isEqualTo(1);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(came).containsExactly("m31"));
        assertThat(handling.redrive()).isEqualTo(2);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(came).containsExactlyInAnyOrder("m31", "m01", "m21"));
        assertThat(handling.redrive()).isZero();
        assertThat(handling.deadLetters(-1, 10)).isEmpty();
    }

    @Test
    void whatIsToldForLaterComesAtItsMoment() {
        Queue<String> came = new ConcurrentLinkedQueue<>();
        Handling<Submit> handling = owner.handle(SUBMIT, (question, told) -> came.add(question.sku()));
        till.tell(SUBMIT, new Submit("at"), Telling.notBefore(time.now().plusSeconds(60)));
        till.tell(SUBMIT, new Submit("after"), Telling.after(Duration.ofSeconds(120)));
        till.tell(SUBMIT, new Submit("passed"), Telling.notBefore(time.now().minusSeconds(60)));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(came).containsExactly("passed"));
        assertThat(handling.statistics().later()).isEqualTo(2);

        time.advance(Duration.ofSeconds(61));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(came).containsExactly("passed", "at"));
        time.advance(Duration.ofSeconds(61));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(came).containsExactly("passed", "at", "after"));
        assertThat(code(() -> till.tell(SUBMIT, new Submit("never"), Telling.notBefore(Instant.MAX))))
                .isEqualTo(ErrorCode.BAD_VALUE);
        assertThat(code(() ->
                        till.tell(SUBMIT, new Submit("never"), Telling.after(Duration.ofSeconds(Long.MAX_VALUE)))))
                .isEqualTo(ErrorCode.BAD_VALUE);
    }

    @Test
    void theTraceOfTheTellerReachesTheHandlerWithTheCause() throws Exception {
        Queue<Origin> came = new ConcurrentLinkedQueue<>();
        owner.handle(SUBMIT, (question, told) -> Origin.current().ifPresent(came::add));
        Trace trace = Trace.begin();

        TellReceipt receipt = Origin.of(trace).during(() -> till.tell(SUBMIT, new Submit("a")));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(came).singleElement().satisfies(origin -> {
                    assertThat(origin.trace().id()).isEqualTo(trace.id());
                    assertThat(origin.cause()).contains(new Cause.Question("shop.submit", receipt.key()));
                }));
    }

    @Test
    void aTellerThatRepeatsItselfUsesTheKeyAgain() {
        Queue<UUID> keys = new ConcurrentLinkedQueue<>();
        owner.handle(SUBMIT, (question, told) -> keys.add(told.key()));
        TellReceipt first = till.tell(SUBMIT, new Submit("a"));

        till.tell(SUBMIT, new Submit("a"), Telling.now().withKey(first.key()));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(keys).containsExactly(first.key(), first.key()));
    }

    @Test
    void aClosedHandlerIsInterruptedAndItsMessageComesAgain() {
        CountDownLatch busy = new CountDownLatch(1);
        Handling<Submit> closing = owner.handle(SUBMIT, (question, told) -> {
            busy.countDown();
            new CountDownLatch(1).await();
        });
        till.tell(SUBMIT, new Submit("a"));
        await().atMost(Duration.ofMinutes(1)).until(() -> busy.getCount() == 0);

        closing.close();
        closing.close();

        assertThat(code(closing::statistics)).isEqualTo(ErrorCode.CLOSED);
        Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        shop.open("shop").handle(SUBMIT, (question, told) -> attempts.add(told.attempt()));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(attempts).containsExactly(1));
    }

    @Test
    void aMessageOverWhichTheProcessEndsEachTimeIsSetAsideWithoutAnotherAttempt() {
        AtomicInteger attempts = new AtomicInteger();
        till.tell(SUBMIT, new Submit("deadly"));
        MechanismOpening opening = new MechanismOpening(Map.of("durability", "D0"), folder, time);
        for (int end = 1; end <= 5; end++) {
            try (EmbeddedMechanism dying =
                    EmbeddedMechanism.open(opening)) { // as a process that is killed, it hands nothing back
                QueueReceiver receiver = dying.receive(SUBMIT.id(), Duration.ofMinutes(1));
                assertThat(receiver.poll(1, Duration.ofMinutes(1)))
                        .extracting(Delivered::attempt)
                        .containsExactly(end);
            }
        }

        Handling<Submit> handling = owner.handle(SUBMIT, (question, told) -> attempts.incrementAndGet());

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(handling.statistics().dead()).isEqualTo(1));
        assertThat(attempts).hasValue(0);
        assertThat(handling.deadLetters(-1, 1).getFirst().error()).contains("5 attempts");
    }

    @Test
    void theVerbAndTheHandleMustFitThePlan() {
        assertThatThrownBy(() -> till.ask(RequestItem.of("shop.submit", Submit.class, Amount.class), new Submit("a")))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("told, not asked")
                .hasMessageContaining("use tell with a TellItem");
        assertThatThrownBy(() -> till.tell(TellItem.of("shop.quote", QuoteQuestion.class), new QuoteQuestion("a", 1)))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("asked, not told")
                .hasMessageContaining("use ask");
        assertThat(code(() -> till.handle(SUBMIT, (question, told) -> {}))).isEqualTo(ErrorCode.PLAN);
        assertThat(code(() -> shop.open("web").tell(SUBMIT, new Submit("a")))).isEqualTo(ErrorCode.PLAN);
        assertThat(code(() -> Opening.of("till", folder)
                        .items(TellItem.of("shop.submit", Wrong.class))
                        .open()))
                .isEqualTo(ErrorCode.HANDLE_MISMATCH);
        Opening.of("till", folder).items(SUBMIT).open().close();
        Opening.of("shop", folder).items(SUBMIT).open().close();
    }

    @Test
    void aClosedServiceTellsNothing() {
        till.tell(SUBMIT, new Submit("a"));
        till.close();

        assertThat(code(() -> till.tell(SUBMIT, new Submit("b")))).isEqualTo(ErrorCode.CLOSED);
    }

    @Test
    void whatIsTooLargeIsRefusedAndNotTold() {
        assertThat(code(() -> till.tell(SUBMIT, new Submit("x".repeat(1 << 20)))))
                .isEqualTo(ErrorCode.BAD_VALUE);
        Handling<Submit> handling = owner.handle(SUBMIT, (question, told) -> {});
        assertThat(handling.statistics().waiting()).isZero();
    }

    private static ErrorCode code(ThrowingCallable call) {
        return catchThrowableOfType(FairleadException.class, call).code();
    }
}
