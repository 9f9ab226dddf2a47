package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Applies the logs' retention, in the background and when asked to, and erases. One pass at a time. */
final class Housekeeper implements Runnable {
    private static final System.Logger LOG = System.getLogger(Housekeeper.class.getName());
    private static final long ROUND = TimeUnit.SECONDS.toNanos(1);
    private static final int ROUNDS_PER_TRIM = 30;
    private static final long LEAST_TO_COMPACT = 65_536;

    /** So many of the newest records are never compacted in the background: readers that lag a little miss nothing. */
    private static final long UNTOUCHED = 65_536;

    private final Database database;
    private final Logs logs;
    private final WriteQueue queue;
    private final TimeSource time;
    private final Waiting rest = new Waiting();
    private final Map<OpenLog, LogCompaction> compactions = new HashMap<>();
    private volatile boolean stopped;

    Housekeeper(Database database, Logs logs, WriteQueue queue, TimeSource time) {
        this.database = database;
        this.logs = logs;
        this.queue = queue;
        this.time = time;
    }

    @Override
    public void run() {
        for (int round = 1; !stopped; round++) {
            rest.sleep(() -> stopped, ROUND);
            boolean trims = round % ROUNDS_PER_TRIM == 0;
            for (OpenLog log : logs.all()) {
                background(log, trims);
            }
        }
    }

    private void background(OpenLog log, boolean trims) {
        try {
            if (log.keepsLatest()) {
                compactIfWorthIt(log);
            } else if (trims) {
                trim(log);
            }
        } catch (RuntimeException e) {
            if (!stopped) {
                LOG.log(System.Logger.Level.WARNING, "log " + log.name() + ": retention failed, and is tried again", e);
            }
        }
    }

    private synchronized void compactIfWorthIt(OpenLog log) {
        LogCompaction compaction = compaction(log);
        long limit = log.end() - UNTOUCHED;
        if (limit - compaction.doneBelow() >= Math.max(LEAST_TO_COMPACT, compaction.kept())) {
            compaction.run(limit);
        }
    }

    private LogCompaction compaction(OpenLog log) {
        return compactions.computeIfAbsent(log, key -> new LogCompaction(database, queue, log, () -> stopped));
    }

    /** Takes everything away that the logs' retention allows to go now. */
    synchronized void applyNow() {
        for (OpenLog log : logs.all()) {
            if (log.keepsLatest()) {
                compaction(log).run(log.end());
            } else {
                trim(log);
            }
        }
    }

    /** Takes the content of the key's records below the offset out of the claim's log; no retention meanwhile. */
    synchronized long erase(Claim claim, byte[] key, long below) {
        return new LogErasure(database, queue, claim, () -> stopped).erase(key, below);
    }

    private synchronized void trim(OpenLog log) {
        if (log.row().definition().retention() instanceof Retention.KeepFor keep) {
            long oldest = time.now().minus(keep.time()).toEpochMilli();
            long start = log.start();
            while (start < log.end() && !stopped) {
                Block block = BlockScan.read(database, log, start, log.end(), 1).get(0);
                if (block.time() >= oldest) {
                    break;
                }
                start = block.until();
            }
            if (start > log.start()) {
                TrimRequest request = new TrimRequest(log, start);
                Outcome.of(queue, request, request.result());
            }
        }
    }

    void stop() {
        stopped = true;
        rest.wake();
    }
}
