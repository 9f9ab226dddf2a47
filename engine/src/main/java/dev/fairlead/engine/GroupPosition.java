package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Log;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Notes in the log how far a group is, soon after it is further, on a thread of its own. */
final class GroupPosition implements Runnable {
    private static final System.Logger LOG = System.getLogger(GroupPosition.class.getName());
    private static final long APART = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final Log log;
    private final String item;
    private final String group;
    private final GroupProgress progress;
    private final LongConsumer whenNoted;
    private volatile long noted;
    private volatile boolean closed;

    /** @param whenNoted is told each position that is noted durably */
    GroupPosition(Log log, String item, String group, GroupProgress progress, LongConsumer whenNoted) {
        this.log = log;
        this.item = item;
        this.group = group;
        this.progress = progress;
        this.whenNoted = whenNoted;
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
                note();
                quiet = false;
                LockSupport.parkNanos(APART);
                progress.awaitNews();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                if (closed || (e instanceof FairleadException known && known.code() == ErrorCode.CLOSED)) {
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

    private synchronized void note() {
        long position = progress.position();
        if (position > noted) {
            log.commit(item, group, new Position(0, position));
            noted = position;
            whenNoted.accept(position);
        }
    }

    /** Notes the last position and ends. */
    void close() {
        closed = true;
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
