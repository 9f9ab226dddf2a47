package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.TimeSource;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the questions of one service to one item in bounds: how many are under way, whether any is let through at all, and whether one
 * is asked again.
 *
 * <p>All of it goes by the injected time, which is why the loop of attempts is here and only its decisions are the library's.
 */
final class CallGuard {
    private static final Set<ErrorCode> RETRIED =
            EnumSet.of(ErrorCode.FAILED, ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN);
    private static final Set<ErrorCode> COUNTED = EnumSet.of(ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN);
    private static final Set<ErrorCode> ANSWERS = EnumSet.of(ErrorCode.REFUSED, ErrorCode.FAILED);
    private static final Set<ErrorCode> NEVER_RAN = EnumSet.of(
            ErrorCode.UNREACHABLE, ErrorCode.DEADLINE, ErrorCode.BAD_VALUE, ErrorCode.CAPABILITY, ErrorCode.PLAN);

    private final RequestPlan plan;
    private final TimeSource time;
    private final RequestCounters counters;
    private final Retry retry;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;

    CallGuard(RequestPlan plan, TimeSource time, RequestCounters counters) {
        this.plan = plan;
        this.time = time;
        this.counters = counters;
        this.retry = Retry.of(
                plan.id(),
                RetryConfig.custom()
                        .maxAttempts(plan.repeats() == RequestPlan.Repeats.IDEMPOTENT ? RequestRules.ATTEMPTS : 1)
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(
                                RequestRules.FIRST_PAUSE,
                                RequestRules.PAUSE_GROWTH,
                                RequestRules.JITTER,
                                RequestRules.LONGEST_PAUSE))
                        .retryOnException(thrown -> has(thrown, RETRIED))
                        .build());
        this.breaker = CircuitBreaker.of(
                plan.id(),
                CircuitBreakerConfig.custom()
                        .clock(new MonotonicClock(time))
                        .slidingWindow(
                                RequestRules.WINDOW,
                                RequestRules.FEWEST,
                                CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(RequestRules.BREAKING_PERCENT)
                        .waitDurationInOpenState(RequestRules.breakFor(plan.deadline()))
                        .permittedNumberOfCallsInHalfOpenState(RequestRules.TRIALS)
                        .recordException(thrown -> has(thrown, COUNTED))
                        .ignoreException(thrown -> !has(thrown, COUNTED) && !has(thrown, ANSWERS))
                        .build());
        this.bulkhead = Bulkhead.of(
                plan.id(),
                BulkheadConfig.custom()
                        .maxConcurrentCalls(plan.atOnce())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    @FunctionalInterface
    interface Attempt<A> {
        A run(int number);
    }

    private static boolean has(Throwable thrown, Set<ErrorCode> codes) {
        return thrown instanceof FairleadException failure && codes.contains(failure.code());
    }

    <A> A ask(Deadline deadline, Attempt<A> attempt) {
        if (!bulkhead.tryAcquirePermission()) {
            throw refused("already " + plan.atOnce() + " questions of this service to " + plan.id()
                    + " are under way (ask fewer at once, or declare more reads in the plan)");
        }
        try {
            return attempts(deadline, attempt);
        } finally {
            bulkhead.onComplete();
        }
    }

    private <A> A attempts(Deadline deadline, Attempt<A> attempt) {
        Retry.AsyncContext<A> context = retry.asyncContext();
        FairleadException outcome = null;
        for (int number = 1; ; number++) {
            try {
                A answer = once(number, attempt);
                context.onComplete();
                return answer;
            } catch (FairleadException failure) {
                outcome = outcomeOf(outcome, failure);
                long pause = context.onError(failure);
                if (pause < 0 || deadline.left().toMillis() <= pause || !slept(pause)) {
                    throw outcome;
                }
                counters.retried.increment();
            }
        }
    }

    /** A later attempt that never ran does not tell that an earlier one did not. */
    private static FairleadException outcomeOf(@Nullable FairleadException before, FairleadException failure) {
        if (before == null || NEVER_RAN.contains(before.code()) || !NEVER_RAN.contains(failure.code())) {
            return failure;
        }
        return before;
    }

    private <A> A once(int number, Attempt<A> attempt) {
        if (!breaker.tryAcquirePermission()) {
            throw refused("too many of the last questions to " + plan.id()
                    + " had no answer, so for a while none is asked (check that its owner runs)");
        }
        long begin = time.nanos();
        try {
            A answer = attempt.run(number);
            breaker.onSuccess(time.nanos() - begin, TimeUnit.NANOSECONDS);
            return answer;
        } catch (RuntimeException | Error thrown) {
            breaker.onError(time.nanos() - begin, TimeUnit.NANOSECONDS, thrown);
            throw thrown;
        }
    }

    /** Whether the pause is over; not when the thread was interrupted. */
    private boolean slept(long millis) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        TimeSource.Alarm alarm =
                time.at(time.nanos() + TimeUnit.MILLISECONDS.toNanos(millis), () -> over.complete(true));
        try {
            return over.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an alarm does not fail", e);
        } finally {
            alarm.cancel();
        }
    }

    private static FairleadException refused(String why) {
        return new FairleadException(ErrorCode.UNREACHABLE, why + "; the question did not run");
    }
}
