package dev.fairlead.engine;

import static dev.fairlead.engine.Shop.AMOUNTS;
import static dev.fairlead.engine.Shop.ORDERED;
import static dev.fairlead.engine.Shop.ORDERS;
import static dev.fairlead.engine.Shop.QUOTES;
import static dev.fairlead.engine.Shop.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Answering;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.Shop.Amount;
import dev.fairlead.engine.Shop.QuoteQuestion;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestDeadlineTest {
    private static final QuoteQuestion SIX = new QuoteQuestion("85123A", 6);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private final Semaphore came = new Semaphore(0);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Shop shop;
    private Fairlead owner;
    private Fairlead till;

    @BeforeEach
    void open() {
        shop = new Shop(folder, time);
        owner = shop.open("shop");
        till = shop.open("till");
    }

    @AfterEach
    void close() {
        goOn.countDown();
        shop.close();
    }

    @Test
    void atTheDeadlineTheOutcomeOfAHangingHandlerIsUnknownAndItsLateAnswerIsDroppedAndCounted() throws Exception {
        AtomicReference<Duration> left = new AtomicReference<>();
        Answering answering = owner.answer(ORDERS, (question, asked) -> {
            came.release();
            goOn.await();
            left.set(asked.left());
            return quote("1.00");
        });
        CompletableFuture<Amount> asking = till.askAsync(ORDERED, SIX);
        awaitQuestions(1);
        time.advance(DEADLINE.minusNanos(1));
        assertThat(asking).isNotDone();
        time.advance(Duration.ofNanos(1));

        assertThat(failure(asking)).hasMessageContaining("shop.order").hasMessageContaining("may have run");
        assertThat(failure(asking).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(answering.statistics().late()).isZero();
        goOn.countDown();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(answering.statistics().late()).isEqualTo(1));
        assertThat(left.get()).isEqualTo(Duration.ZERO);
        assertThat(till.statistics(ORDERED).unknown()).isEqualTo(1);
        assertThat(till.statistics(ORDERED).underWay()).isZero();
        assertThat(till.ask(ORDERED, SIX).amount()).isEqualTo("1.00");
    }

    @Test
    void anAnswerExactlyAtTheDeadlineIsLateAndOneJustBeforeIsNot() {
        AtomicReference<Duration> takes = new AtomicReference<>(DEADLINE.minusNanos(1));
        Answering answering = owner.answer(ORDERS, (question, asked) -> {
            time.advance(takes.get());
            return quote("1.00");
        });

        assertThat(till.ask(ORDERED, SIX).amount()).isEqualTo("1.00");
        takes.set(DEADLINE);
        assertThat(failure().code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(answering.statistics().late()).isEqualTo(1));
    }

    @Test
    void aQuestionThatFoundNoRoomUntilItsDeadlineNeverRan() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        owner.answer(ORDERS, (question, asked) -> {
            runs.incrementAndGet();
            came.release();
            goOn.await();
            return quote("1.00");
        });
        List<CompletableFuture<Amount>> held = new ArrayList<>();
        for (int i = 0; i < RequestRules.ROOM; i++) {
            held.add(till.askAsync(ORDERED, SIX));
        }
        awaitQuestions(RequestRules.ROOM);
        time.advance(Duration.ofSeconds(1));
        CompletableFuture<Amount> waiting = till.askAsync(ORDERED, SIX);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> till.statistics(ORDERED).underWay() == RequestRules.ROOM + 1);
        time.advance(DEADLINE);

        assertThat(failure(waiting).code()).isEqualTo(ErrorCode.DEADLINE);
        assertThat(failure(held.get(0)).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        goOn.countDown();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(till.statistics(ORDERED).underWay()).isZero());
        assertThat(runs).hasValue(RequestRules.ROOM);
    }

    @Test
    void aPauseBeforeTheNextAttemptGoesByTheTimeAndEndsWithTheDeadline() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        owner.answer(QUOTES, (question, asked) -> {
            runs.incrementAndGet();
            came.release();
            throw new IllegalStateException("every time");
        });
        CompletableFuture<Amount> asking = till.askAsync(AMOUNTS, SIX);
        awaitQuestions(1);
        assertThat(asking).isNotDone();
        assertThat(runs).hasValue(1);
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5)).until(() -> {
            time.advance(Duration.ofMillis(10));
            return asking.isDone();
        });

        assertThat(failure(asking).code()).isEqualTo(ErrorCode.FAILED);
        assertThat(runs).hasValue(RequestRules.ATTEMPTS);
    }

    @Test
    void noQuestionIsAskedAgainWhenThePauseWouldOutlastTheDeadline() {
        AtomicInteger runs = new AtomicInteger();
        owner.answer(QUOTES, (question, asked) -> {
            runs.incrementAndGet();
            time.advance(DEADLINE.minusMillis(1));
            throw new IllegalStateException("late");
        });

        FairleadException failure = catchThrowableOfType(FairleadException.class, () -> till.ask(AMOUNTS, SIX));

        assertThat(failure.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(runs).hasValue(1);
    }

    @Test
    void aNestedQuestionEndsAtTheOuterDeadline() {
        owner.answer(QUOTES, (question, asked) -> {
            time.advance(asked.left());
            return quote("1.00");
        });
        AtomicReference<Throwable> inner = new AtomicReference<>();
        Fairlead web = shop.open("web");
        CountDownLatch ended = new CountDownLatch(1);
        web.answer(Shop.OFFERS, (question, asked) -> {
            try {
                return web.ask(AMOUNTS, question);
            } catch (FairleadException e) {
                inner.set(e);
                throw e;
            } finally {
                ended.countDown();
            }
        });
        FairleadException outer = catchThrowableOfType(FairleadException.class, () -> till.ask(Shop.OFFERS, SIX));

        assertThat(outer.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        await().atMost(Duration.ofMinutes(1)).until(() -> ended.getCount() == 0);
        assertThat(inner.get()).hasMessageContaining("within PT1S");
    }

    @Test
    void whatAHandlerAsksHasNoLaterDeadlineThanItsOwnQuestion() {
        AtomicReference<Duration> outer = new AtomicReference<>();
        AtomicReference<Duration> inner = new AtomicReference<>();
        owner.answer(QUOTES, (question, asked) -> {
            inner.set(asked.left());
            return quote("2.00");
        });
        Fairlead web = shop.open("web");
        web.answer(Shop.OFFERS, (question, asked) -> {
            outer.set(asked.left());
            time.advance(Duration.ofMillis(300));
            return web.ask(AMOUNTS, question);
        });

        assertThat(till.ask(Shop.OFFERS, SIX).amount()).isEqualTo("2.00");
        assertThat(outer.get()).isEqualTo(Duration.ofSeconds(1));
        assertThat(inner.get()).isEqualTo(Duration.ofMillis(700));
        assertThat(web.ask(AMOUNTS, SIX).amount()).isEqualTo("2.00");
        assertThat(inner.get()).isEqualTo(DEADLINE);
    }

    private void awaitQuestions(int number) throws InterruptedException {
        assertThat(came.tryAcquire(number, 10, TimeUnit.SECONDS)).isTrue();
    }

    private FairleadException failure() {
        return catchThrowableOfType(FairleadException.class, () -> till.ask(ORDERED, SIX));
    }

    private static FairleadException failure(CompletableFuture<?> asking) {
        CompletionException failure = catchThrowableOfType(CompletionException.class, asking::join);
        return (FairleadException) Objects.requireNonNull(failure.getCause());
    }
}
