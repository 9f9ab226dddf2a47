package dev.fairlead.engine;

import dev.fairlead.api.Change;
import dev.fairlead.api.Digest;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Origin;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogRecord;
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
    private final CopyDecoder<K, V> decoder;
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

    Applier(String copy, CopyDecoder<K, V> decoder, Freshness freshness, Counters counters) {
        this.copy = copy;
        this.decoder = decoder;
        this.freshness = freshness;
        this.counters = counters;
    }

    /** Takes what the reader brought; returns false when the reader must go back to {@link #next}. */
    boolean take(DecodedPage<K, V> page) {
        boolean complete = apply(page);
        deliver();
        return complete;
    }

    private boolean apply(DecodedPage<K, V> page) {
        LogBatch batch = page.batch();
        lock.lock();
        try {
            LogBounds bounds = batch.bounds();
            end = Math.max(end, bounds.end());
            if (loadTarget < 0) {
                loadTarget = bounds.end();
                compactedBelow = bounds.compactedBelow();
            }
            newest = null;
            boolean complete = acceptAll(page);
            if (complete && batch.hole() != null) {
                next = batch.hole().pass(next);
            }
            if (newest != null) {
                freshness.applied(newest, next);
            }
            if (complete && batch.beat() != null) {
                freshness.beat(batch.beat(), next);
            }
            if (!loaded) {
                table.expect(next - bounds.start(), loadTarget - next);
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

    private boolean acceptAll(DecodedPage<K, V> page) {
        for (DecodedRecord<K, V> record : page.records()) {
            if (record.written().offset() < next) {
                comeAgain(record);
            } else if (!accept(record, page.batch().bounds(), page.read())) {
                return false;
            }
        }
        return true;
    }

    private boolean accept(DecodedRecord<K, V> decoded, LogBounds bounds, long read) {
        LogRecord written = decoded.written();
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
            Envelope envelope = decoded.record().envelope();
            gaps.name(written.emptyFrom() - 1, envelope.previousKey());
            apply(decoded);
            note(envelope.changed());
        } catch (RuntimeException | Error e) {
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
    private void comeAgain(DecodedRecord<K, V> decoded) {
        LogRecord written = decoded.written();
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
            recover(decoded);
        } catch (RuntimeException | Error e) {
            damaged(written.offset(), e);
        }
    }

    private void recover(DecodedRecord<K, V> decoded) {
        FeedRecord record = decoded.record();
        if (!table.has(decoded.key(), record.offset())) {
            change(decoded);
        }
        gaps.close(record.offset());
        gaps.name(record.offset() - 1, record.envelope().previousKey());
        counters.recovered.increment();
    }

    private void apply(DecodedRecord<K, V> decoded) {
        FeedRecord record = decoded.record();
        long version = record.envelope().version();
        long known = table.version(decoded.key());
        if (version <= known) {
            counters.duplicates.increment();
            return;
        }
        try {
            change(decoded);
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

    private void change(DecodedRecord<K, V> decoded) {
        FeedRecord record = decoded.record();
        Envelope envelope = record.envelope();
        K key = decoded.key();
        Mark mark = envelope.mark(record.offset());
        if (envelope.removal()) {
            table.remove(key, record.offset(), gaps);
        } else {
            table.put(key, decoded.value(), mark);
        }
        if (envelope.kind() == Envelope.Kind.ERASURE) {
            erasedBelow = Math.max(erasedBelow, record.offset() + 1);
            newestErasure = Math.max(newestErasure, record.offset() + 1);
        }
        counters.applied.increment();
        if (!deliveries.isEmpty()) {
            outbound.add(new Outgoing<>(change(decoded, mark), decoder.origin(record)));
        }
    }

    private Change<K, V> change(DecodedRecord<K, V> decoded, Mark mark) {
        return switch (decoded.record().envelope().kind()) {
            case VALUE, RETIRED -> new Change.Updated<>(decoded.key(), decoded.value(), mark, 0);
            case REMOVAL -> new Change.Removed<>(decoded.key(), mark, 0);
            case ERASURE -> new Change.Erased<>(decoded.key(), mark, 0);
        };
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
        DecodedRecord<K, V> decoded = decoder.record(written);
        lock.lock();
        try {
            comeAgain(decoded);
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

    CopyDecoder<K, V> decoder() {
        return decoder;
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
