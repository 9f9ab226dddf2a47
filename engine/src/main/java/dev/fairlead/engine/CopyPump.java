package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Moves records from an item's log into a copy, on a thread of its own, until it is closed. */
final class CopyPump<K, V> implements Runnable {
    private static final System.Logger LOG = System.getLogger(CopyPump.class.getName());
    static final int PAGE = 1024;
    static final Duration PATIENCE = Duration.ofMillis(250);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final String copy;
    private final Log log;
    private final String item;
    private final Applier<K, V> applier;
    private final Runnable afterwards;
    private volatile boolean closed;
    private volatile @Nullable LogReader reader;

    /** Where the reader was sent back to last. */
    private long wentBackTo = -1;

    /** @param afterwards called after every batch */
    CopyPump(String copy, Log log, String item, Applier<K, V> applier, Runnable afterwards) {
        this.copy = copy;
        this.log = log;
        this.item = item;
        this.applier = applier;
        this.afterwards = afterwards;
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
                    LOG.log(System.Logger.Level.WARNING, () -> copy + " cannot read on and tries again", e);
                }
                quiet = true;
                LockSupport.parkNanos(PAUSE);
            }
        }
        if (!closed) {
            LOG.log(System.Logger.Level.WARNING, () -> copy + " gets no more records: its mechanism was closed");
        }
    }

    private void pump() {
        try (LogReader opened = log.read(item, 0, applier.next())) {
            reader = opened;
            boolean wasSilent = false;
            while (!closed) {
                LogBatch batch = opened.poll(PAGE, PATIENCE);
                boolean complete = take(applier.decoder().page(batch, opened.next()));
                if (complete && !applier.loaded() && applier.lag() > PAGE) {
                    complete = loadAhead(opened);
                }
                boolean isSilent = batch.records().isEmpty();
                if (!complete || (isSilent && wasSilent && hasMissed(opened.next()))) {
                    goBack(opened);
                }
                wasSilent = isSilent;
            }
        }
    }

    private boolean take(DecodedPage<K, V> page) {
        boolean complete = applier.take(page);
        afterwards.run();
        return complete;
    }

    /** Loads with a second thread until the log is quiet or the copy has loaded; returns whether it has all that was read. */
    private boolean loadAhead(LogReader opened) {
        try (ReadAhead<K, V> ahead = new ReadAhead<>(opened, applier.decoder(), () -> !closed && !applier.loaded())) {
            ahead.start(copy);
            boolean complete = true;
            while (complete && ahead.hasNext()) {
                complete = take(ahead.next());
            }
            return complete;
        }
    }

    /**
     * Whether the reader is further than the copy; once for each place. Where a record follows soon, that tells what was lost, and only the
     * key of what was lost has to wait until it comes again.
     */
    private boolean hasMissed(long read) {
        long next = applier.next();
        return read > next && wentBackTo != next;
    }

    private void goBack(LogReader opened) {
        long next = applier.next();
        if (wentBackTo == next) {
            LockSupport.parkNanos(PAUSE);
        }
        wentBackTo = next;
        opened.seek(next);
    }

    void close() {
        closed = true;
        LogReader open = reader;
        if (open != null) {
            open.close();
        }
    }
}
