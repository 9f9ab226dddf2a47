package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A question under way: whatever comes first of answer, deadline and close settles it, and the rest finds it settled. */
final class PendingCall {
    private enum Stage {
        WAITING,
        HELD,
        SETTLED
    }

    private final String item;
    private final Question question;
    private final Duration deadline;
    private final TimeSource time;
    private final long until;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final PromptFuture<Answer> outcome;
    private TimeSource.@Nullable Alarm alarm;

    PendingCall(String item, Question question, Duration deadline, TimeSource time, PromptFuture.Patience patience) {
        this.item = item;
        this.question = question;
        this.deadline = deadline;
        this.time = time;
        this.outcome = new PromptFuture<>(patience);
        this.until = time.nanos() + Nanos.of(deadline);
    }

    Question question() {
        return question;
    }

    CompletableFuture<Answer> outcome() {
        return outcome;
    }

    /** To be called once, before anybody else knows the question. */
    void watchDeadline() {
        alarm = time.at(until, this::expire);
    }

    void forgetDeadline() {
        if (alarm != null) {
            alarm.cancel();
        }
    }

    boolean settled() {
        return outcome.isDone();
    }

    /** Gives the question to an answerer, unless it is settled; from now on it may have run. */
    boolean hand() {
        return !outcome.isDone() && stage.compareAndSet(Stage.WAITING, Stage.HELD);
    }

    /** Whether the answer found its asker waiting. One that comes at the deadline does not, however late the alarm rings. */
    boolean answer(Answer answer) {
        if (time.nanos() - until >= 0) {
            expire();
            return false;
        }
        return stage.compareAndSet(Stage.HELD, Stage.SETTLED) && outcome.complete(answer);
    }

    void fail(FairleadException failure) {
        if (stage.getAndSet(Stage.SETTLED) != Stage.SETTLED) {
            outcome.completeExceptionally(failure);
        }
    }

    private void expire() {
        Stage before = stage.getAndSet(Stage.SETTLED);
        if (before != Stage.SETTLED) {
            outcome.completeExceptionally(
                    before == Stage.HELD
                            ? CallFailures.unanswered(item, deadline)
                            : CallFailures.neverRan(item, deadline));
        }
    }
}
