package dev.fairlead.engine;

import static dev.fairlead.engine.SaleDesk.SOON;
import static dev.fairlead.engine.Shop.AMOUNTS;
import static dev.fairlead.engine.Shop.ORDERED;
import static dev.fairlead.engine.Shop.ORDERS;
import static dev.fairlead.engine.Shop.QUOTES;
import static dev.fairlead.engine.Shop.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.RequestRefused;
import dev.fairlead.engine.Shop.Amount;
import dev.fairlead.engine.Shop.FullQuote;
import dev.fairlead.engine.Shop.QuoteQuestion;
import dev.fairlead.testkit.SettableTime;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer serves the same question again for as long as the asker's plan allows, of idempotent items alone. */
class AnswerCacheTest {
    private static final QuoteQuestion SIX = new QuoteQuestion("85123A", 6);
    private static final Amount FIRST = new Amount(new BigDecimal("6.01"));
    private static final QuoteQuestion SEVEN = new QuoteQuestion("85123A", 7);

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private final AtomicInteger runs = new AtomicInteger();
    private Shop shop;
    private Fairlead owner;
    private Fairlead till;

    @BeforeEach
    void open() {
        shop = new Shop(folder, time);
        PlanFolder.write(folder, "till.yaml", """
                service: till
                needs:
                  shop.quote:
                    uses: [ amount ]
                    within: 5s
                    why: a price holds for a while
                  shop.order:
                    uses: [ amount ]
                    within: 5s
                    why: the customer pays
                """);
        owner = shop.open("shop");
        till = shop.open("till");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private FullQuote next(QuoteQuestion question) {
        return quote(String.format(Locale.ROOT, "%d.%02d", question.quantity(), runs.incrementAndGet()));
    }

    private String ask(QuoteQuestion question) {
        return till.ask(AMOUNTS, question).amount().toPlainString();
    }

    @Test
    void theSameQuestionGetsTheKeptAnswerUntilItIsAsOldAsThePlanAllows() {
        owner.answer(QUOTES, (question, asked) -> next(question));

        assertThat(ask(SIX)).isEqualTo("6.01");
        time.advance(Duration.ofSeconds(5));
        assertThat(ask(SIX)).isEqualTo("6.01");
        assertThat(ask(SEVEN)).isEqualTo("7.02");
        time.advance(Duration.ofNanos(1));
        assertThat(ask(SIX)).isEqualTo("6.03");

        assertThat(till.statistics(AMOUNTS).asked()).isEqualTo(3);
        assertThat(till.statistics(AMOUNTS).kept()).isEqualTo(1);
    }

    @Test
    void theAgeCountsFromTheMomentAtWhichTheQuestionWasAsked() {
        owner.answer(QUOTES, (question, asked) -> {
            FullQuote answer = next(question);
            time.advance(Duration.ofSeconds(3)); // the answer is on its way
            return answer;
        });

        assertThat(ask(SIX)).isEqualTo("6.01");
        time.advance(Duration.ofSeconds(2));
        assertThat(ask(SIX)).isEqualTo("6.01");
        time.advance(Duration.ofNanos(1));
        assertThat(ask(SIX)).isEqualTo("6.02");
    }

    @Test
    void nothingIsKeptOfAnItemThatIsNotIdempotent() {
        owner.answer(ORDERS, (question, asked) -> next(question));

        assertThat(till.ask(ORDERED, SIX)).isNotEqualTo(till.ask(ORDERED, SIX));
        assertThat(runs).hasValue(2);
        assertThat(till.statistics(ORDERED).kept()).isZero();
    }

    @Test
    void refusalsAreNotKept() {
        owner.answer(QUOTES, (question, asked) -> {
            if (runs.get() == 0) {
                runs.incrementAndGet();
                throw new RequestRefused("not-yet", "the shop opens at nine");
            }
            return next(question);
        });

        assertThat(catchThrowableOfType(FairleadException.class, () -> ask(SIX)).code())
                .isEqualTo(ErrorCode.REFUSED);
        assertThat(ask(SIX)).isEqualTo("6.02");
    }

    @Test
    void equalQuestionsAtOnceAreAskedOnce() {
        CountDownLatch goOn = new CountDownLatch(1);
        owner.answer(QUOTES, (question, asked) -> {
            goOn.await();
            return next(question);
        });
        List<CompletableFuture<Amount>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(till.askAsync(AMOUNTS, SIX));
        }
        await().atMost(SOON).until(() -> till.statistics(AMOUNTS).underWay() == 1);
        goOn.countDown();

        assertThat(all).allSatisfy(each -> assertThat(each.join()).isEqualTo(FIRST));
        assertThat(runs).hasValue(1);
        assertThat(till.statistics(AMOUNTS).kept()).isEqualTo(49);
    }

    @Test
    void whoeverWaitsForAnEqualQuestionThatFailsAsksItself() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        owner.answer(QUOTES, (question, asked) -> {
            if (first.getCount() > 0) {
                first.countDown();
                goOn.await();
                throw new RequestRefused("not-yet", "the shop opens at nine");
            }
            return next(question);
        });
        CompletableFuture<Amount> leader = till.askAsync(AMOUNTS, SIX);
        await().atMost(SOON).until(() -> first.getCount() == 0);
        CompletableFuture<Amount> follower = till.askAsync(AMOUNTS, SIX);
        goOn.countDown();

        assertThat(follower.join()).isEqualTo(FIRST);
        assertThat(catchThrowableOfType(CompletionException.class, leader::join))
                .hasMessageContaining("not-yet");
    }

    @Test
    void whoeverWaitsForAnEqualQuestionWaitsNoLongerThanTheDeadline() {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        owner.answer(QUOTES, (question, asked) -> {
            running.countDown();
            goOn.await();
            return next(question);
        });
        CompletableFuture<Amount> leader = till.askAsync(AMOUNTS, SIX);
        await().atMost(SOON).until(() -> running.getCount() == 0);
        CompletableFuture<Amount> follower = till.askAsync(AMOUNTS, SIX);

        await().atMost(SOON).until(() -> {
            time.advance(Duration.ofSeconds(1));
            return leader.isDone() && follower.isDone();
        });
        assertThat(List.of(leader, follower))
                .allSatisfy(each -> assertThat(catchThrowableOfType(CompletionException.class, each::join)
                                .getCause())
                        .isInstanceOfSatisfying(
                                FairleadException.class,
                                e -> assertThat(e.code()).isIn(ErrorCode.OUTCOME_UNKNOWN, ErrorCode.DEADLINE)));
        goOn.countDown();
    }
}
