package dev.fairlead.engine;

import dev.fairlead.spi.Beat;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How old a copy is: the time since the last moment at which it was known to hold all that its owner had.
 *
 * <p>Such a moment is the time in a beat, once everything below the beat's end is applied, and the time in a record when it is
 * applied in order. The owner's wall clock is compared with this side's once, when the sign comes in, and never counts as the
 * future; from then on the age grows by the monotonic clock, so that a clock that is set back cannot make old data look fresh.
 *
 * <p>Whether the copy is fresh stands in a flag, which an alarm takes down when the time is over: a clock in every read costs more
 * than the rest of the read. Written by the applying thread and the alarm's, read by any.
 */
final class Freshness implements AutoCloseable {
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final TimeSource time;
    private final long within;
    private final long born;

    /** The moment, on the monotonic clock, as of which the copy is complete; relative to {@link #born}. */
    private volatile long completeAt = NEVER;

    /** The moment as of which the owner is known to live, relative to {@link #born}. */
    private volatile long heardAt = NEVER;

    /** What a read looks at; kept right by {@link #judge}. */
    private volatile boolean fresh;

    private final ReentrantLock lock = new ReentrantLock();
    private TimeSource.@Nullable Alarm alarm;
    private boolean closed;
    private boolean loaded;
    private long complete = NEVER;
    private @Nullable Beat pending;
    private @Nullable Beat newest;

    Freshness(TimeSource time, Duration within) {
        this.time = time;
        this.within = within.toNanos();
        this.born = time.nanos();
    }

    /** Whether the copy is no older than the plan allows; the one question of a read, so it takes one volatile read. */
    boolean fresh() {
        return fresh;
    }

    /** The same, asked of the clock. */
    boolean freshByTheClock() {
        return fresh && time.nanos() - born - completeAt <= within;
    }

    /** Whether the owner gave a sign of life that is no older than the plan allows. */
    boolean heard() {
        return time.nanos() - born - heardAt <= within;
    }

    Duration age() {
        long at = completeAt;
        return at == NEVER ? Duration.ofNanos(Long.MAX_VALUE) : Duration.ofNanos(Math.max(0, time.nanos() - born - at));
    }

    /** From now on the copy has all that its owner had when it began; before, it has no age. */
    void loaded() {
        loaded = true;
        completeAt = complete;
        judge();
    }

    /** A beat came in, and everything below {@code applied} is applied. */
    void beat(Beat beat, long applied) {
        heardAt = Math.max(heardAt, momentOf(beat.time()));
        newest = beat;
        if (pending == null
                || pending.epoch() < beat.epoch()) { // nobody may reach the end of an earlier owner any more
            pending = beat;
        }
        appliedTo(applied);
    }

    /** The records below {@code next} are applied; the newest of them was written at this moment. */
    void applied(Instant written, long next) {
        long moment = momentOf(written);
        completeAsOf(moment);
        heardAt = Math.max(heardAt, moment);
        appliedTo(next);
    }

    private void appliedTo(long next) {
        Beat waiting = pending;
        if (waiting == null || waiting.end() > next) {
            return;
        }
        Beat reached = newest != null && newest.end() <= next ? newest : waiting;
        completeAsOf(momentOf(reached.time()));
        pending = reached == newest ? null : newest;
    }

    private void completeAsOf(long moment) {
        complete = Math.max(complete, moment);
        if (loaded) {
            completeAt = complete;
            judge();
        }
    }

    /** Raises or takes down the flag, and while it is up sees to it that an alarm will look again. */
    private void judge() {
        lock.lock();
        try {
            long now = time.nanos();
            long left = within - (now - born - completeAt);
            fresh = loaded && left >= 0 && !closed;
            if (fresh && alarm == null) {
                alarm = time.at(now + left + 1, this::ring);
            }
        } finally {
            lock.unlock();
        }
    }

    private void ring() {
        lock.lock();
        try {
            alarm = null;
            judge();
        } finally {
            lock.unlock();
        }
    }

    /** From now on the copy is not fresh. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            fresh = false;
            if (alarm != null) {
                alarm.cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The monotonic clock comes first: a thread that is held up between the two makes the copy look older, never younger. */
    private long momentOf(Instant ownerTime) {
        long at = time.nanos() - born;
        Duration old = Duration.between(ownerTime, time.now());
        return at - (old.isNegative() ? 0 : saturated(old));
    }

    private static long saturated(Duration duration) {
        return duration.compareTo(Duration.ofDays(36500)) > 0
                ? Duration.ofDays(36500).toNanos()
                : duration.toNanos();
    }
}
