package dev.fairlead.mechanisms.embedded;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/** Bounds what the tails hold, each and all together: the longest one gives first. For the committer's thread alone. */
final class TailBudget {
    private static final int SHARE_FREED = 8;

    private final long total;
    private final long perLog;
    private final Set<OpenLog> holders = new HashSet<>();
    private long held;

    TailBudget(long total, long perLog) {
        this.total = total;
        this.perLog = perLog;
    }

    void add(OpenLog log, TailSegment segment) {
        log.tail().add(segment);
        held += segment.bytes();
        holders.add(log);
        while (log.tail().bytes() > perLog) {
            held -= log.tail().evictOldest();
        }
        if (held > total) {
            shrink();
        }
    }

    private void shrink() {
        while (held > total - total / SHARE_FREED) {
            OpenLog longest = holders.stream()
                    .max(Comparator.comparingLong(log -> log.tail().bytes()))
                    .orElseThrow();
            long target = longest.tail().bytes() / 2;
            while (longest.tail().bytes() > target) {
                held -= longest.tail().evictOldest();
            }
        }
    }

    /** Lets the segments of the log go that begin below the offset. */
    void releaseBelow(OpenLog log, long offset) {
        while (log.tail().oldest() < offset) {
            held -= log.tail().evictOldest();
        }
    }
}
