package dev.fairlead.engine;

import static dev.fairlead.engine.Shop.AMOUNTS;
import static dev.fairlead.engine.Shop.ORDERED;
import static dev.fairlead.engine.Shop.ORDERS;
import static dev.fairlead.engine.Shop.QUOTES;
import static dev.fairlead.engine.Shop.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.api.Answering;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.RequestRefused;
import dev.fairlead.engine.Shop.Amount;
import dev.fairlead.engine.Shop.FullQuote;
import dev.fairlead.engine.Shop.QuoteQuestion;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
    private static final QuoteQuestion SIX = new QuoteQuestion("85123A", 6);

    @TempDir
    Path folder;

    private Shop shop;
    private Fairlead owner;
    private Fairlead till;

    @BeforeEach
    void open() {
        shop = new Shop(folder, TimeSource.SYSTEM);
        owner = shop.open("shop");
        till = shop.open("till");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void anAskerGetsTheAnswerToItsQuestion() {
        owner.answer(QUOTES, (question, asked) -> quote(question.quantity() + ".50"));

        assertThat(till.ask(AMOUNTS, SIX)).isEqualTo(new Amount(new BigDecimal("6.50")));
        assertThat(till.askAsync(AMOUNTS, new QuoteQuestion("x", 7)).join().amount())
                .isEqualTo("7.50");
        assertThat(till.statistics(AMOUNTS).answered()).isEqualTo(2);
    }

    @Test
    void aRefusalReachesTheAskerWithItsCodeAndIsNotRepeated() {
        AtomicInteger runs = new AtomicInteger();
        Answering answering = owner.answer(QUOTES, (question, asked) -> {
            runs.incrementAndGet();
            throw new RequestRefused("sold-out", "none of " + question.sku() + " is left");
        });

        FairleadException failure = failure(till, AMOUNTS);

        assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED);
        assertThat(failure).hasMessage("shop.quote refused: sold-out: none of 85123A is left");
        assertThat(RequestRefused.of(failure).map(RequestRefused::code)).contains("sold-out");
        assertThat(runs).hasValue(1);
        assertThat(answering.statistics().refused()).isEqualTo(1);
        assertThat(till.statistics(AMOUNTS).refused()).isEqualTo(1);
    }

    @SuppressWarnings("NullAway") // what a handler may do
    @ParameterizedTest
    @ValueSource(strings = {"exception", "checked", "memory", "interrupt", "null", "other refusal"})
    void whateverAHandlerThrowsTheAskerHearsThatItFailedAndNothingElse(String how) {
        AtomicInteger runs = new AtomicInteger();
        owner.answer(ORDERS, (question, asked) -> {
            runs.incrementAndGet();
            return switch (question.sku()) {
                case "exception" -> throw new IllegalStateException("secret");
                case "checked" -> throw new IOException("secret");
                case "memory" -> throw new OutOfMemoryError("secret");
                case "interrupt" -> {
                    Thread.currentThread().interrupt();
                    throw new InterruptedException("secret");
                }
                case "null" -> null;
                case "other refusal" ->
                    throw new FairleadException(ErrorCode.REFUSED, "secret", new RequestRefused("inner", "secret"));
                default -> quote("1.00");
            };
        });

        FairleadException failure = failure(till, ORDERED, new QuoteQuestion(how, 1));

        assertThat(failure.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(failure.getMessage()).contains("shop.order").doesNotContain("secret");
        assertThat(runs).hasValue(1);
        assertThat(till.ask(ORDERED, SIX).amount()).isEqualTo("1.00");
    }

    @Test
    void onlyTheIdempotentItemIsAskedAgainAndWithTheSameKey() {
        Set<UUID> keys = ConcurrentHashMap.newKeySet();
        AtomicInteger quotes = new AtomicInteger();
        AtomicInteger orders = new AtomicInteger();
        Answering answering = owner.answer(QUOTES, (question, asked) -> {
            keys.add(asked.key());
            assertThat(asked.attempt()).isEqualTo(quotes.incrementAndGet());
            if (quotes.get() < 3) {
                throw new IllegalStateException("the first and the second time");
            }
            return quote("3.00");
        });
        owner.answer(ORDERS, (question, asked) -> {
            orders.incrementAndGet();
            throw new IllegalStateException("every time");
        });

        assertThat(till.ask(AMOUNTS, SIX).amount()).isEqualTo("3.00");
        assertThat(failure(till, ORDERED).code()).isEqualTo(ErrorCode.FAILED);

        assertThat(quotes).hasValue(3);
        assertThat(keys).hasSize(1);
        assertThat(till.statistics(AMOUNTS).retried()).isEqualTo(2);
        assertThat(answering.statistics().retried()).isEqualTo(2);
        assertThat(orders).hasValue(1);
        assertThat(till.statistics(ORDERED).retried()).isZero();
    }

    @Test
    void aFailureIsReportedAfterAFewAttempts() {
        AtomicInteger runs = new AtomicInteger();
        owner.answer(QUOTES, (question, asked) -> {
            runs.incrementAndGet();
            throw new IllegalStateException("every time");
        });

        assertThat(failure(till, AMOUNTS).code()).isEqualTo(ErrorCode.FAILED);
        assertThat(runs).hasValue(RequestRules.ATTEMPTS);
    }

    @Test
    void aQuestionThatNobodyAnswersDidNotRun() {
        FairleadException failure = failure(till, ORDERED);

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(failure).hasMessageContaining("shop.order").hasMessageContaining("did not run");
    }

    @Test
    void severalInstancesOfTheOwnerShareTheQuestions() {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        owner.answer(QUOTES, (question, asked) -> quote(first.incrementAndGet() + ".00"));
        Answering other =
                shop.open("shop").answer(QUOTES, (question, asked) -> quote(second.incrementAndGet() + ".00"));
        IntStream.range(0, 10).forEach(i -> till.ask(AMOUNTS, SIX));
        other.close();
        IntStream.range(0, 10).forEach(i -> till.ask(AMOUNTS, SIX));

        assertThat(first).hasValue(15);
        assertThat(second).hasValue(5);
    }

    @Test
    void aClosedHandlerAnswersWhatItHolds() throws InterruptedException {
        CountDownLatch came = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Answering answering = owner.answer(ORDERS, (question, asked) -> {
            came.countDown();
            goOn.await();
            return quote("1.00");
        });
        var held = till.askAsync(ORDERED, SIX);
        assertThat(came.await(10, TimeUnit.SECONDS)).isTrue();
        answering.close();

        assertThat(failure(till, ORDERED).code()).isEqualTo(ErrorCode.UNREACHABLE);
        goOn.countDown();
        assertThat(held.join().amount()).isEqualTo("1.00");
    }

    @Test
    void theCloseOfTheOwnersServiceLeavesTheOutcomeUnknown() throws InterruptedException {
        CountDownLatch came = new CountDownLatch(1);
        owner.answer(ORDERS, (question, asked) -> {
            came.countDown();
            new CountDownLatch(1).await();
            return quote("1.00");
        });
        var held = till.askAsync(ORDERED, SIX);
        assertThat(came.await(10, TimeUnit.SECONDS)).isTrue();
        owner.close();

        assertThat(held)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
        assertThat(till.statistics(ORDERED).unknown()).isEqualTo(1);
    }

    @Test
    void theCloseOfTheAskersServiceEndsItsQuestions() throws InterruptedException {
        CountDownLatch came = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        owner.answer(ORDERS, (question, asked) -> {
            came.countDown();
            goOn.await();
            return quote("1.00");
        });
        var held = till.askAsync(ORDERED, SIX);
        assertThat(came.await(10, TimeUnit.SECONDS)).isTrue();
        till.close();

        assertThat(held)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CLOSED));
        assertThat(failure(till, ORDERED).code()).isEqualTo(ErrorCode.CLOSED);
        goOn.countDown();
    }

    @Test
    void anInterruptEndsTheWaitAndStays() throws InterruptedException {
        CountDownLatch came = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        owner.answer(QUOTES, (question, asked) -> {
            came.countDown();
            goOn.await();
            return quote("1.00");
        });
        AtomicReference<FairleadException> seen = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread asking = Thread.ofPlatform().start(() -> {
            seen.set(failure(till, AMOUNTS));
            flag.set(Thread.currentThread().isInterrupted());
        });
        assertThat(came.await(10, TimeUnit.SECONDS)).isTrue();
        asking.interrupt();
        assertThat(asking.join(Duration.ofSeconds(10))).isTrue();
        goOn.countDown();

        assertThat(seen.get().code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(flag.get()).isTrue();
        assertThat(till.statistics(AMOUNTS).underWay()).isZero();
    }

    @Test
    void aQuestionBeyondTheLimitDoesNotRunAndAnAnswerBeyondItFails() {
        AtomicInteger runs = new AtomicInteger();
        owner.answer(ORDERS, (question, asked) -> {
            runs.incrementAndGet();
            return new FullQuote(BigDecimal.ONE, "EUR", "x".repeat(2 << 20));
        });

        assertThat(failure(till, ORDERED, new QuoteQuestion("x".repeat(2 << 20), 1))
                        .code())
                .isEqualTo(ErrorCode.BAD_VALUE);
        assertThat(runs).hasValue(0);
        assertThat(failure(till, ORDERED).code()).isEqualTo(ErrorCode.FAILED);
        assertThat(runs).hasValue(1);
    }

    @Test
    void anIncompleteQuestionIsRefusedWhereItIsMade() {
        owner.answer(ORDERS, (question, asked) -> quote("1.00"));

        FairleadException failure = failure(till, ORDERED, incomplete());

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_VALUE);
        assertThat(failure).hasMessageContaining("has no sku");
    }

    @SuppressWarnings("NullAway") // what an application may do
    private static QuoteQuestion incomplete() {
        return new QuoteQuestion(null, 1);
    }

    @Test
    void handlesAreHeldAgainstThePlanByItemFieldAndBothTypes() {
        record Wrong(String sku, String quantity) {}
        record TooMuch(BigDecimal amount, String currency) {}

        assertThat(failure(till, RequestItem.of("shop.quote", Wrong.class, Amount.class), new Wrong("a", "b")))
                .hasMessageContaining("shop.quote")
                .hasMessageContaining("question.quantity: int32 in the plan, but java.lang.String")
                .extracting(FairleadException::code)
                .isEqualTo(ErrorCode.HANDLE_MISMATCH);
        assertThat(failure(till, RequestItem.of("shop.quote", QuoteQuestion.class, TooMuch.class)))
                .hasMessageContaining("answer.currency: java.lang.String")
                .hasMessageContaining("not among the fields that this service uses");
        assertThat(refusal(() -> till.answer(QUOTES, (question, asked) -> quote("1.00"))))
                .hasMessageContaining("till does not own shop.quote");
        assertThat(refusal(() -> owner.ask(AMOUNTS, SIX))).hasMessageContaining("declares no need of shop.quote");
        assertThat(refusal(() -> owner.answer(
                        RequestItem.of("shop.submit", Wrong.class, Amount.class),
                        (question, asked) -> new Amount(BigDecimal.ONE))))
                .hasMessageContaining("told, not asked");
        assertThat(refusal(() -> Opening.of("shop", folder).items(AMOUNTS).open()))
                .hasMessageContaining("answer.currency: enum(EUR, USD) in the plan, but no component");
    }

    @Test
    void aHundredThousandQuestionsFromSixtyFourThreadsGetTheirOwnAnswers() throws InterruptedException {
        Answering answering = owner.answer(QUOTES, (question, asked) -> quote(question.sku() + ".25"));
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 64)
                .mapToObj(number -> Thread.ofPlatform().start(() -> {
                    for (int i = number; i < 100_000; i += 64) {
                        Amount answer = till.ask(AMOUNTS, new QuoteQuestion("" + i, 1));
                        if (!answer.amount().equals(new BigDecimal(i + ".25"))) {
                            wrong.incrementAndGet();
                        }
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofMinutes(2))).isTrue();
        }

        assertThat(wrong).hasValue(0);
        assertThat(till.statistics(AMOUNTS).answered()).isEqualTo(100_000);
        assertThat(till.statistics(AMOUNTS).underWay()).isZero();
        assertThat(answering.statistics().asked()).isEqualTo(100_000);
        assertThat(answering.statistics().underWay()).isZero();
        assertThat(answering.statistics().late()).isZero();
    }

    private static FairleadException failure(Fairlead service, RequestItem<QuoteQuestion, ?> item) {
        return failure(service, item, SIX);
    }

    private static <Q> FairleadException failure(Fairlead service, RequestItem<Q, ?> item, Q question) {
        return refusal(() -> service.ask(item, question));
    }

    private static FairleadException refusal(ThrowingCallable call) {
        return catchThrowableOfType(FairleadException.class, call);
    }
}
