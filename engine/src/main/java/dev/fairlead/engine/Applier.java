package dev.fairlead.engine;

import dev.fairlead.api.Change;
import dev.fairlead.api.Digest;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Origin;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.ValueCodec;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Applies records to a copy: each once, in order, and with every missing one noted.
 *
 * <p>The offsets of a partition are free of gaps when written, so a jump means loss, unless retention has compacted what lies
 * between: those records are superseded by later ones, which are still to come. A record can also be lost where compaction
 * came by, before the reader or after it; so a jump is taken for compaction where the log was compacted when the copy began,
 * and anywhere else only when it is there in a second reading, too. All changes happen under {@link #lock}; the pump and the
 * gap recovery are the two that take it to write.
 */
final class Applier<K, V> {
    /** A wider jump is not repaired record by record: the reader goes back. */
    private static final int WIDEST_JUMP = 1024;

    private static final System.Logger LOG = System.getLogger(Applier.class.getName());

    private final String copy;
    private final KeyText<K> keyText;
    private final ValueCodec<V> codec;
    private final RecordAccess<V> access;
    private final Outlet outlet;
    private final Freshness freshness;
    private final Counters counters;
    private final Gaps gaps = new Gaps();
    private final CopyTable<K, V> table = new CopyTable<>();
    private final List<Delivery<K, V>> deliveries = new CopyOnWriteArrayList<>();
    private final Queue<Outgoing<K, V>> outbound = new ConcurrentLinkedQueue<>();
    private final ReentrantLock delivering = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Progress progress = new Progress(lock);

    /** A change for the listeners, and what they run with. */
    private record Outgoing<K, V>(
            Change<K, V> change, @Nullable Origin origin) {}

    private volatile long next;
    private volatile long end;
    private volatile boolean loaded;
    private long loadTarget = -1;

    /** Below it a jump is taken for compaction. */
    private long compactedBelow;

    private long erasedBelow;
    private long newestErasure;

    /** When the newest record of the batch was written. */
    private @Nullable Instant newest;

    Applier(
            String copy,
            KeyText<K> keyText,
            ValueCodec<V> codec,
            RecordAccess<V> access,
            Outlet outlet,
            Freshness freshness,
            Counters counters) {
        this.copy = copy;
        this.keyText = keyText;
        this.codec = codec;
        this.access = access;
        this.outlet = outlet;
        this.freshness = freshness;
        this.counters = counters;
    }

    /**
     * Takes what the reader brought; returns false when the reader must go back to {@link #next}.
     *
     * @param read where the reader goes on
     */
    boolean take(LogBatch batch, long read) {
        boolean complete = apply(batch, read);
        deliver();
        return complete;
    }

    private boolean apply(LogBatch batch, long read) {
        lock.lock();
        try {
            LogBounds bounds = batch.bounds();
            end = Math.max(end, bounds.end());
            if (loadTarget < 0) {
                loadTarget = bounds.end();
                compactedBelow = bounds.compactedBelow();
            }
            newest = null;
            boolean complete = acceptAll(batch.records(), bounds, read);
            if (complete && batch.hole() != null) {
                next = batch.hole().pass(next);
            }
            if (newest != null) {
                freshness.applied(newest, next);
            }
            if (complete && batch.beat() != null) {
                freshness.beat(batch.beat(), next);
            }
            if (!loaded && next >= loadTarget) {
                loaded = true;
                erasedBelow = Math.max(erasedBelow, next); // also what compaction took with its erasure
                freshness.loaded();
            }
            progress.made();
            return complete;
        } finally {
            lock.unlock();
        }
    }

    private boolean acceptAll(List<LogRecord> records, LogBounds bounds, long read) {
        for (LogRecord written : records) {
            if (written.offset() < next) {
                comeAgain(written);
            } else if (!accept(written, bounds, read)) {
                return false;
            }
        }
        return true;
    }

    private boolean accept(LogRecord written, LogBounds bounds, long read) {
        long offset = written.offset();
        long lostFrom = Math.max(next, Math.max(bounds.start(), compactedBelow));
        long lostTo = written.emptyFrom();
        if (lostFrom < Math.min(lostTo, bounds.compactedBelow())) {
            compactedBelow = Math.min(bounds.compactedBelow(), Math.max(read, lostTo));
            return false;
        }
        if (lostTo - lostFrom > WIDEST_JUMP) {
            return false;
        }
        if (lostFrom < lostTo) {
            lost(lostFrom, lostTo);
        }
        next = offset + 1;
        if (written.isErased()) {
            return true;
        }
        try {
            FeedRecord record = outlet.pass(written);
            gaps.name(written.emptyFrom() - 1, record.envelope().previousKey());
            apply(record);
            note(record.envelope().changed());
        } catch (RuntimeException | Error e) { // above all what the application's own constructor throws
            damaged(offset, e);
            lost(offset, next);
        }
        return true;
    }

    private void note(Instant changed) {
        if (newest == null || changed.isAfter(newest)) {
            newest = changed;
        }
    }

    private void lost(long from, long to) {
        gaps.lost(from, to);
        counters.gaps.add(to - from);
        progress.made();
    }

    private void damaged(long offset, Throwable e) {
        counters.damaged.increment();
        LOG.log(System.Logger.Level.WARNING, () -> "record " + offset + " of " + copy + ": " + ErrorText.of(e));
    }

    /** A record below {@link #next}: one that was missing, or one that came before. */
    private void comeAgain(LogRecord written) {
        if (!gaps.holds(written.offset())) {
            counters.duplicates.increment();
            return;
        }
        if (written.isErased()) {
            gaps.close(written.offset());
            counters.recovered.increment();
            return;
        }
        try {
            FeedRecord record = outlet.pass(written);
            recover(record);
        } catch (RuntimeException | Error e) {
            damaged(written.offset(), e);
        }
    }

    private void recover(FeedRecord record) {
        K key = keyText.key(record.key());
        if (!table.has(key, record.offset())) {
            change(key, record);
        }
        gaps.close(record.offset());
        gaps.name(record.offset() - 1, record.envelope().previousKey());
        counters.recovered.increment();
    }

    private void apply(FeedRecord record) {
        K key = keyText.key(record.key());
        long version = record.envelope().version();
        long known = table.version(key);
        if (version <= known) {
            counters.duplicates.increment();
            return;
        }
        try {
            change(key, record);
        } catch (RuntimeException | Error e) {
            damaged(record.offset(), e);
            lost(record.offset(), record.offset() + 1);
            gaps.name(record.offset(), KeyHash.of(record.key()));
            return;
        }
        if (version > known + 1 && gaps.any()) {
            counters.recovered.add(gaps.overtaken(KeyHash.of(record.key()), record.offset()));
        }
    }

    private void change(K key, FeedRecord record) {
        Envelope envelope = record.envelope();
        Mark mark = envelope.mark(record.offset());
        Change<K, V> change = switch (envelope.kind()) {
            case VALUE, RETIRED -> {
                V value = access.complete(codec.decode(record.payload()));
                table.put(key, value, mark);
                yield new Change.Updated<>(key, value, mark, 0);
            }
            case REMOVAL -> {
                table.remove(key, record.offset(), gaps);
                yield new Change.Removed<>(key, mark, 0);
            }
            case ERASURE -> {
                table.remove(key, record.offset(), gaps);
                erasedBelow = Math.max(erasedBelow, record.offset() + 1);
                newestErasure = Math.max(newestErasure, record.offset() + 1);
                yield new Change.Erased<>(key, mark, 0);
            }
        };
        counters.applied.increment();
        if (!deliveries.isEmpty()) {
            outbound.add(new Outgoing<>(change, outlet.origin(record)));
        }
    }

    /** Hands the changes on outside the lock, so that a slow listener keeps nobody from reading; in order, so one thread at a time. */
    private void deliver() {
        if (outbound.isEmpty()) {
            return;
        }
        delivering.lock();
        try {
            for (Outgoing<K, V> next = outbound.poll(); next != null; next = outbound.poll()) {
                Change<K, V> change = next.change();
                Runnable offer = () -> deliveries.forEach(delivery -> delivery.offer(change));
                if (next.origin() == null) {
                    offer.run();
                } else {
                    next.origin().run(offer);
                }
            }
        } finally {
            delivering.unlock();
        }
    }

    /** A missing record has been fetched again. */
    void refetched(LogRecord written) {
        lock.lock();
        try {
            comeAgain(written);
            progress.made();
        } finally {
            lock.unlock();
        }
        deliver();
    }

    /** The log no longer has a missing record, because a later one of its key is there. */
    void superseded(long offset) {
        lock.lock();
        try {
            if (gaps.close(offset)) {
                counters.recovered.increment();
            }
            progress.made();
        } finally {
            lock.unlock();
        }
    }

    Digest digest() {
        lock.lock();
        try {
            return table.digest(next - 1);
        } finally {
            lock.unlock();
        }
    }

    boolean loaded() {
        return loaded;
    }

    /** The offset that the copy expects next; everything below is applied, or known to be missing. */
    long next() {
        return next;
    }

    /** Nothing that was erased by a record below is held any more; 0 while none was, or while a missing record may be one. */
    long erasedBelow() {
        lock.lock();
        try {
            return gaps.any() ? 0 : erasedBelow;
        } finally {
            lock.unlock();
        }
    }

    /** Behind the newest erasure that was read; 0 when there was none. */
    long newestErasure() {
        lock.lock();
        try {
            return newestErasure;
        } finally {
            lock.unlock();
        }
    }

    /** Whether listeners have still to be told of what is applied. */
    boolean owes() {
        return !outbound.isEmpty()
                || delivering.isLocked()
                || deliveries.stream().anyMatch(Delivery::owes);
    }

    long lag() {
        return Math.max(0, end - next) + gaps.all().size();
    }

    Gaps gaps() {
        return gaps;
    }

    CopyTable<K, V> table() {
        return table;
    }

    List<Delivery<K, V>> deliveries() {
        return deliveries;
    }

    ReentrantLock lock() {
        return lock;
    }

    Progress progress() {
        return progress;
    }
}
