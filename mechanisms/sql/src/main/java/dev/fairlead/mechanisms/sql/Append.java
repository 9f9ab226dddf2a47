package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.LogEntry;
import java.util.List;

/**
 * Records on their way into a log, and the place at the end of it that was last tried for them. Used by one thread.
 *
 * <p>Of several attempts at most one can still be done, the last: so who asks what became of it looks at that place alone.
 */
final class Append {
    private final LogRow log;
    private final long epoch;
    private final List<LogEntry> entries;
    private final long now;
    private LogEnd from;

    /** {@code from} is where the writer takes the end to be. */
    Append(LogRow log, long epoch, LogEnd from, List<LogEntry> entries, long now) {
        this.log = log;
        this.epoch = epoch;
        this.from = from;
        this.entries = entries;
        this.now = now;
    }

    LogRow log() {
        return log;
    }

    long epoch() {
        return epoch;
    }

    List<LogEntry> entries() {
        return entries;
    }

    /** Only while no attempt is under way. */
    void startAt(LogEnd end) {
        from = end;
    }

    LogEnd from() {
        return from;
    }

    /** Where the log ends after it. */
    LogEnd to() {
        long bytes = entries.stream().mapToLong(LogEntry::size).sum();
        return new LogEnd(from.next() + entries.size(), from.bytes() + bytes, Math.max(now, from.written()));
    }

    /** Whether they need columns of their own for attributes. */
    boolean hasEvents() {
        return entries.stream().anyMatch(entry -> entry.event() != null);
    }
}
