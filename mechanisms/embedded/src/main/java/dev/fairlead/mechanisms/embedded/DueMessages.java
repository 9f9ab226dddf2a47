package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** When the messages of a queue that are sent for later become ready: watches the clock, and asks the committer. Safe for many threads. */
final class DueMessages implements AutoCloseable {
    /** A jump of the wall clock is noticed within this time. */
    private static final Duration LONGEST_WATCH = Duration.ofSeconds(30);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final TimeSource time;
    private final Runnable promote;
    private final Wakeup comes;
    private long next = Long.MAX_VALUE;
    private boolean promoting;
    private boolean published;

    /** @param promote asks the committer to make ready what is due; then {@link #promoted} or {@link #failed} follows */
    DueMessages(TimeSource time, Runnable promote) {
        this.time = time;
        this.promote = promote;
        this.comes = new Wakeup(time, this::look);
    }

    /** The first moment that is known. */
    synchronized void next(long due) {
        next = due;
    }

    synchronized long next() {
        return next;
    }

    /** Whether a message waits to be made ready, and is not counted with those that are. */
    boolean overdue() {
        long now = time.now().toEpochMilli();
        synchronized (this) {
            return !published && next <= now;
        }
    }

    private boolean isCome() {
        return next() <= time.now().toEpochMilli();
    }

    /** Fewer are for later now: if some are being made ready, they count as ready from now on. */
    synchronized void fewer() {
        published = promoting;
    }

    /** A message was written that becomes ready at the moment. */
    void later(long due) {
        synchronized (this) {
            next = Math.min(next, due);
        }
        watch();
    }

    /** Lets the clock ring when the first is due. */
    void watch() {
        long due = next();
        if (due != Long.MAX_VALUE) {
            comes.by(time.momentOf(Instant.ofEpochMilli(due), LONGEST_WATCH));
        }
    }

    private void look() {
        boolean come = isCome();
        synchronized (this) {
            if (come && promoting) {
                return;
            }
            promoting = come;
        }
        if (come) {
            promote.run();
        } else {
            watch();
        }
    }

    /** What was due is ready, and this comes next. */
    void promoted(long due) {
        synchronized (this) {
            promoting = false;
            published = false;
            next = due;
        }
        watch();
    }

    /** What is due could not be made ready, and is tried again. */
    void failed() {
        synchronized (this) {
            promoting = false;
            published = false;
        }
        comes.by(time.nanos() + AGAIN.toNanos());
    }

    @Override
    public void close() {
        comes.close();
    }
}
