package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.planner.Quantity;
import dev.fairlead.testkit.SettableTime;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallGuardTest {
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final SettableTime time = SettableTime.create();
    private final RequestCounters counters = new RequestCounters();
    private final AtomicInteger runs = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "OUTCOME_UNKNOWN"})
    void aBreakerLetsNothingPassAfterManyQuestionsWithoutAnOutcome(ErrorCode code) {
        CallGuard guard = guard(RequestPlan.Repeats.NEVER);
        for (int i = 0; i < RequestRules.FEWEST; i++) {
            assertThat(fail(guard, code).code()).isEqualTo(code);
        }

        FairleadException refused = fail(guard, code);

        assertThat(refused.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(refused)
                .hasMessageContaining("too many of the last questions")
                .hasMessageContaining("did not run");
        assertThat(runs).hasValue(RequestRules.FEWEST);
        time.advance(DEADLINE.minusMillis(1));
        assertThat(fail(guard, code)).hasMessageContaining("too many of the last questions");
        time.advance(Duration.ofMillis(2));
        for (int i = 0; i < RequestRules.TRIALS; i++) {
            assertThat(answer(guard)).isEqualTo("answer");
        }
        assertThat(fail(guard, code)).hasMessage("said so");
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "FAILED", "BAD_VALUE", "DEADLINE", "CLOSED"})
    void aBreakerNeverCountsARefusalOrAFaultOfTheAskers(ErrorCode code) {
        CallGuard guard = guard(RequestPlan.Repeats.NEVER);
        for (int i = 0; i < RequestRules.WINDOW * 2; i++) {
            assertThat(fail(guard, code)).hasMessage("said so");
        }
        assertThat(answer(guard)).isEqualTo("answer");
    }

    @Test
    void answersBetweenFailuresKeepTheBreakerClosed() {
        CallGuard guard = guard(RequestPlan.Repeats.NEVER);
        for (int i = 0; i < RequestRules.WINDOW; i++) {
            answer(guard);
            answer(guard);
            assertThat(fail(guard, ErrorCode.UNREACHABLE)).hasMessage("said so");
        }
    }

    @Test
    void aBulkheadRefusesWhatIsTooMuchAtOnceAndMakesRoomAgain() {
        CallGuard guard = guard(RequestPlan.Repeats.NEVER);
        FairleadException innermost = nested(guard, 4);

        assertThat(innermost.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(innermost).hasMessageContaining("already 4 questions").hasMessageContaining("did not run");
        assertThat(answer(guard)).isEqualTo("answer");
        assertThat(nested(guard, 4)).hasMessageContaining("already 4 questions");
    }

    @Test
    void aLaterAttemptThatNeverRanDoesNotHideThatAnEarlierMayHave() {
        CallGuard guard = guard(RequestPlan.Repeats.IDEMPOTENT);
        Thread clock = Thread.ofVirtual().start(this::tick);
        FairleadException failure = catchThrowableOfType(
                FairleadException.class,
                () -> guard.ask(Deadline.in(Duration.ofHours(1), time), number -> {
                    throw new FairleadException(
                            number == 1 ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.UNREACHABLE, "attempt " + number);
                }));
        clock.interrupt();

        assertThat(failure).hasMessage("attempt 1");
        assertThat(counters.retried.sum()).isEqualTo(RequestRules.ATTEMPTS - 1);
    }

    @Test
    void whatMayBeUnderWayFollowsFromTheReadsAndTheDeadline() {
        assertThat(RequestRules.atOnce(null, Duration.ofSeconds(1))).isEqualTo(64);
        assertThat(RequestRules.atOnce(new Quantity(400, 400, "400/s"), Duration.ofMillis(300)))
                .isEqualTo(240);
        assertThat(RequestRules.atOnce(new Quantity(1e6, 1e6, "1000000/s"), DEADLINE))
                .isEqualTo(1024);
    }

    private void tick() {
        while (!Thread.currentThread().isInterrupted()) {
            time.advance(Duration.ofMillis(1));
            Thread.yield();
        }
    }

    private FairleadException nested(CallGuard guard, int depth) {
        return catchThrowableOfType(
                FairleadException.class,
                () -> guard.ask(deadline(), number -> {
                    throw depth == 0 ? fail(guard, ErrorCode.FAILED) : nested(guard, depth - 1);
                }));
    }

    private FairleadException fail(CallGuard guard, ErrorCode code) {
        return catchThrowableOfType(
                FairleadException.class,
                () -> guard.ask(deadline(), number -> {
                    runs.incrementAndGet();
                    throw new FairleadException(code, "said so");
                }));
    }

    private String answer(CallGuard guard) {
        return guard.ask(deadline(), number -> "answer");
    }

    private Deadline deadline() {
        return Deadline.in(DEADLINE, time);
    }

    private CallGuard guard(RequestPlan.Repeats repeats) {
        return new CallGuard(
                new RequestPlan("shop.quote", DEADLINE, repeats, Set.of(), Set.of(), 4, Optional.empty()),
                time,
                counters);
    }
}
