package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Log;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Notes in the log how far a group is, soon after it is further, and asks now and then whether the group is still followed here, on a
 * thread of its own.
 */
final class GroupPosition implements Runnable {
    private static final System.Logger LOG = System.getLogger(GroupPosition.class.getName());
    private static final long APART = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Log log;
    private final String item;
    private final String group;
    private final GroupProgress progress;
    private final LongConsumer whenNoted;
    private final Runnable claim;
    private final Runnable overtaken;
    private volatile long noted;
    private volatile boolean closed;
    private volatile boolean left;
    private long looked = System.nanoTime(); // of the thread alone

    /**
     * @param whenNoted is told each position that is noted durably
     * @param claim fails with FENCED when another follower has taken the group over
     * @param overtaken is called then, and ends this
     */
    GroupPosition(
            Log log,
            String item,
            String group,
            GroupProgress progress,
            LongConsumer whenNoted,
            Runnable claim,
            Runnable overtaken) {
        this.log = log;
        this.item = item;
        this.group = group;
        this.progress = progress;
        this.whenNoted = whenNoted;
        this.claim = claim;
        this.overtaken = overtaken;
        this.noted = progress.position();
    }

    long noted() {
        return noted;
    }

    @Override
    public void run() {
        boolean quiet = false;
        while (!closed) {
            try {
                lookAtClaim();
                note();
                quiet = false;
                LockSupport.parkNanos(APART);
                progress.awaitNews(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                if (closed || hasCode(e, ErrorCode.CLOSED)) {
                    return;
                }
                if (hasCode(e, ErrorCode.FENCED)) {
                    overtaken.run();
                    return;
                }
                if (!quiet) {
                    LOG.log(System.Logger.Level.WARNING, () -> group + " cannot note its position and tries again", e);
                }
                quiet = true;
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private static boolean hasCode(Throwable failure, ErrorCode code) {
        return failure instanceof FairleadException known && known.code() == code;
    }

    private void lookAtClaim() {
        long now = System.nanoTime();
        if (now - looked >= LOOK.toNanos()) {
            looked = now;
            claim.run();
        }
    }

    private synchronized void note() {
        long position = progress.position();
        if (position > noted) {
            log.commit(item, group, new Position(0, position));
            noted = position;
            whenNoted.accept(position);
        }
    }

    /** Lets the end be without a note: another follower notes the position from now on. */
    void leave() {
        left = true;
    }

    /** Notes the last position, unless it was left, and ends. */
    void close() {
        closed = true;
        if (left) {
            return;
        }
        try {
            note();
        } catch (FairleadException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> group + " could not note its last position: some events come again",
                    e);
        }
    }
}
