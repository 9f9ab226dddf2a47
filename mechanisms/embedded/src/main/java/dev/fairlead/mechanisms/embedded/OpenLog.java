package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.Retention;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a log while the store is open. The committer's thread changes it, all read it; what retention takes away is
 * told here before it goes from the database, so that a reader never takes it for damage.
 */
final class OpenLog {
    private final String name;
    private final int id;
    private final LogTail tail = new LogTail();
    private final Map<String, Long> positions = new ConcurrentHashMap<>();
    private final List<Waiting> waiting = new CopyOnWriteArrayList<>();
    private volatile LogRow row;
    private volatile long start;
    private volatile long compactedBelow;
    private volatile long end;
    private final AtomicInteger erasures = new AtomicInteger();
    private volatile @Nullable Beat beat;

    OpenLog(LogRow row, long end) {
        this.row = row;
        this.id = row.id();
        this.name = row.definition().name();
        this.start = row.start();
        this.compactedBelow = row.compactedBelow();
        this.end = end;
    }

    String name() {
        return name;
    }

    int id() {
        return id;
    }

    LogRow row() {
        return row;
    }

    void row(LogRow newer) {
        row = newer;
    }

    long epoch() {
        return row.epoch();
    }

    Durability durability() {
        return row.definition().durability();
    }

    boolean keepsLatest() {
        return row.definition().retention() instanceof Retention.LatestPerKey;
    }

    LogTail tail() {
        return tail;
    }

    Map<String, Long> positions() {
        return positions;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    LogBounds bounds() {
        long first = start;
        long compacted = compactedBelow;
        return new LogBounds(first, Math.max(first, compacted), end);
    }

    /** Tells that records below the offset go now. */
    void startingAt(long offset) {
        start = Math.max(start, offset);
    }

    /** Tells that superseded records below the offset go now. */
    void compactingBelow(long offset) {
        compactedBelow = Math.max(compactedBelow, offset);
    }

    /** Tells that content was erased, so that readers drop what they have fetched. */
    void erased() {
        erasures.incrementAndGet();
    }

    /** How often content was erased since the store was opened. */
    int erasures() {
        return erasures.get();
    }

    /** Moves the end, after everything below it is in the database, and wakes the readers. */
    void endingAt(long offset) {
        end = offset;
        wake();
    }

    @Nullable
    Beat beat() {
        return beat;
    }

    void beat(Beat newer) {
        beat = newer;
        wake();
    }

    void join(Waiting reader) {
        waiting.add(reader);
    }

    void leave(Waiting reader) {
        waiting.remove(reader);
    }

    void wake() {
        for (Waiting reader : waiting) {
            reader.wake();
        }
    }
}
