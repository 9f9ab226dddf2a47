package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Moves records from an item's log into the intake of a group, as far as its window has room, on a thread of its own. */
final class GroupPump implements Runnable {
    private static final System.Logger LOG = System.getLogger(GroupPump.class.getName());
    private static final int PAGE = 256;
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long NO_REPLAY = -1;

    private final String name;
    private final Log log;
    private final String item;
    private final Intake intake;
    private final Lanes lanes;
    private final GroupProgress progress;
    private final GroupCounts counts;
    private final BooleanSupplier full;
    private final AtomicLong replayFrom = new AtomicLong(NO_REPLAY);
    private volatile boolean closed;
    private volatile @Nullable LogReader reader;
    private volatile long next;
    private long liveFrom;

    /** @param full whether as much is parked as may be: then nothing more is taken */
    GroupPump(
            String name,
            Log log,
            String item,
            Intake intake,
            Lanes lanes,
            GroupProgress progress,
            GroupCounts counts,
            BooleanSupplier full) {
        this.name = name;
        this.log = log;
        this.item = item;
        this.intake = intake;
        this.lanes = lanes;
        this.progress = progress;
        this.counts = counts;
        this.full = full;
        this.next = progress.position();
        this.liveFrom = next;
    }

    @Override
    public void run() {
        boolean quiet = false;
        while (!closed && !Thread.currentThread().isInterrupted()) {
            try {
                pump();
            } catch (RuntimeException | Error e) {
                if (closed || (e instanceof FairleadException known && known.code() == ErrorCode.CLOSED)) {
                    break;
                }
                if (!quiet) {
                    LOG.log(System.Logger.Level.WARNING, () -> name + " cannot read on and tries again", e);
                }
                quiet = true;
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void pump() {
        try (LogReader opened = log.read(item, 0, next)) {
            reader = opened;
            while (!closed && !Thread.currentThread().isInterrupted()) {
                if (replayFrom.get() != NO_REPLAY) {
                    beginReplay(opened);
                } else {
                    hand(opened.poll(PAGE, PATIENCE));
                }
            }
        }
    }

    /** A replay begins when nothing is in hand, so that it cannot overtake what is older. */
    private void beginReplay(LogReader opened) {
        if (!progress.window().empty()) {
            LockSupport.parkNanos(PAUSE);
            return;
        }
        long from = Math.max(replayFrom.get(), log.bounds(item, 0).start());
        liveFrom = Math.max(liveFrom, next);
        progress.beginReplay(from, liveFrom);
        next = from;
        opened.seek(from);
        replayFrom.set(NO_REPLAY);
    }

    /** Whatever was let into the window is given on, also when the rest of the page has to wait for room. */
    private void hand(LogBatch page) {
        List<Taken> taken = new ArrayList<>(page.records().size());
        for (LogRecord record : page.records()) {
            if (!closed && record.offset() >= next) {
                letIn(record, taken);
            }
        }
        intake.take(taken);
        if (!closed && page.hole() != null && page.hole().pass(next) > next) {
            next = page.hole().pass(next);
            progress.pass(next);
        }
    }

    private void letIn(LogRecord record, List<Taken> taken) {
        Taken.Run run = record.offset() < liveFrom ? Taken.Run.REPLAY : Taken.Run.LIVE;
        long expected = Math.max(next, liveFrom);
        if (run == Taken.Run.LIVE && record.emptyFrom() > expected) {
            miss(expected, record.emptyFrom());
        }
        if (run == Taken.Run.LIVE && next < liveFrom) {
            progress.pass(liveFrom); // behind the last record of a replay stood none
        }
        if (full.getAsBoolean() || !progress.window().enter(record)) {
            intake.take(taken);
            taken.clear();
            awaitRoom(record);
        }
        Taken come = new Taken(record, run);
        progress.begin(come);
        taken.add(come);
        next = record.offset() + 1;
    }

    private void awaitRoom(LogRecord record) {
        while (full.getAsBoolean() || !progress.window().enterSoon(record)) {
            if (closed || Thread.currentThread().isInterrupted()) {
                throw new FairleadException(ErrorCode.CLOSED, name + " is closed");
            }
            makeRoom();
        }
    }

    private void makeRoom() {
        if (full.getAsBoolean()) {
            LockSupport.parkNanos(PAUSE);
        } else {
            lanes.squeeze();
        }
    }

    private void miss(long from, long to) {
        counts.missed.add(to - from);
        LOG.log(
                System.Logger.Level.ERROR,
                () -> name + " missed the events " + from + " to " + (to - 1)
                        + ": retention took them before the group came to them");
    }

    /** Asks for a replay; fails when one is under way. */
    synchronized void replay(long from) {
        if (from > next) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, name + " is at " + next + " and cannot replay from " + from + " on");
        }
        if (progress.replay().isPresent()) {
            throw new FairleadException(ErrorCode.BAD_VALUE, name + " is replaying already (wait until it is over)");
        }
        progress.announceReplay(from, next);
        replayFrom.set(from);
    }

    /** Everything below was given to the intake. */
    long next() {
        return next;
    }

    void close() {
        closed = true;
        LogReader open = reader;
        if (open != null) {
            open.close();
        }
    }
}
