package dev.fairlead.spi.calling;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A question under way, as its asker knows it; guarded by the lock of its {@link AskedItem}. */
final class PendingQuestion {
    /** Where a question stands. */
    enum Stage {
        /** It never left this opening, or came back: it did not run. */
        WAITING,
        /** It was handed over: it may run. */
        HELD,
        SETTLED
    }

    private static final Duration LONGEST = Duration.ofDays(365);

    private final Question question;
    private final Duration deadline;
    private final TimeSource time;
    private final long until;
    private final long arrival;
    private final CompletableFuture<Answer> outcome = new CompletableFuture<>();
    private Stage stage = Stage.WAITING;
    private long number;
    private @Nullable KnownAnswerer holder;
    private long look;

    PendingQuestion(Question question, Duration deadline, TimeSource time, long arrival) {
        this.question = question;
        this.deadline = deadline;
        this.time = time;
        this.until = time.nanos() + (deadline.compareTo(LONGEST) > 0 ? LONGEST : deadline).toNanos();
        this.arrival = arrival;
    }

    Question question() {
        return question;
    }

    Duration deadline() {
        return deadline;
    }

    /** By the clock of the asker. */
    long until() {
        return until;
    }

    /** Its place among the questions of this opening. */
    long arrival() {
        return arrival;
    }

    CompletableFuture<Answer> outcome() {
        return outcome;
    }

    /** What comes at the deadline comes too late, however late the alarm rings. */
    boolean over() {
        return leftNanos() <= 0;
    }

    long leftNanos() {
        return until - time.nanos();
    }

    boolean is(Stage other) {
        return stage == other;
    }

    /** It waits, and nobody answers for its item only when this look, or a later one, finds nobody. */
    void await(long firstLook) {
        stage = Stage.WAITING;
        holder = null;
        look = firstLook;
    }

    boolean isSubjectTo(long finished) {
        return look <= finished;
    }

    void hand(long newNumber, KnownAnswerer newHolder) {
        stage = Stage.HELD;
        number = newNumber;
        holder = newHolder;
    }

    long number() {
        return number;
    }

    @Nullable
    KnownAnswerer holder() {
        return holder;
    }

    void settle() {
        stage = Stage.SETTLED;
        holder = null;
    }
}
