package dev.fairlead.engine;

import dev.fairlead.api.FollowStatus;
import dev.fairlead.api.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How far a group is, in its usual run and in a replay. Safe for many threads. */
final class GroupProgress {
    private final DonePrefix live;
    private final Window window = new Window();
    private final AtomicLong inHand = new AtomicLong();
    private final Semaphore news = new Semaphore(0);
    private volatile @Nullable ReplayRun replay;

    /** @param begun whether its records come in; before, nothing of it can be passed over */
    private record ReplayRun(long from, long until, DonePrefix done, boolean begun) {
        boolean over() {
            return done.position() >= until;
        }
    }

    GroupProgress(long position) {
        this.live = new DonePrefix(position);
    }

    Window window() {
        return window;
    }

    /** To be called in the order of the log. */
    void begin(Taken taken) {
        inHand.incrementAndGet();
        prefix(taken).begin(taken.offset());
    }

    /** No record stands below the offset that was not begun, in the run that is under way. */
    void pass(long to) {
        ReplayRun run = replay;
        if (run != null && run.begun()) {
            run.done().pass(Math.min(to, run.until()));
        }
        live.pass(to);
    }

    void done(Taken taken) {
        prefix(taken).done(taken.offset());
        window.leave(taken.record());
        inHand.decrementAndGet();
        news.release();
    }

    private DonePrefix prefix(Taken taken) {
        ReplayRun run = replay;
        return taken.replayed() && run != null ? run.done() : live;
    }

    /** A replay is asked for, and begins soon. */
    void announceReplay(long from, long until) {
        replay = new ReplayRun(from, until, new DonePrefix(from), false);
    }

    void beginReplay(long from, long until) {
        replay = new ReplayRun(from, until, new DonePrefix(from), true);
    }

    /** The replay under way, if there is one. */
    Optional<FollowStatus.Replay> replay() {
        ReplayRun run = replay;
        return run == null || run.over()
                ? Optional.empty()
                : Optional.of(new FollowStatus.Replay(
                        new Position(0, run.from()),
                        new Position(0, run.done().position()),
                        new Position(0, run.until())));
    }

    /** How many records were begun and are not done. */
    long inHand() {
        return inHand.get();
    }

    /** Everything below is done. */
    long position() {
        return live.position();
    }

    /** Waits until something was done, at most so long. */
    void awaitNews(Duration longest) throws InterruptedException {
        if (news.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            news.drainPermits();
        }
    }
}
