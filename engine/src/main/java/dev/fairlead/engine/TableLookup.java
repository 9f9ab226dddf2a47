package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Found;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.LookupStatistics;
import dev.fairlead.api.Reading;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Reads single keys of a state item from its owner's table, or from what earlier reads brought, until it is closed. */
final class TableLookup<K, V> implements Lookup<K, V>, AutoCloseable {
    private final String item;
    private final OwnerLookup<K, V> owner;
    private final OwnerSearch<K, V> search;
    private final @Nullable LookupCache<K, V> cache;
    private final CopyThreads threads;
    private final LongAdder reads = new LongAdder();
    private final LongAdder asked = new LongAdder();
    private volatile boolean closed;

    /** @param cache null when each read asks the owner */
    TableLookup(
            String item,
            OwnerLookup<K, V> owner,
            OwnerSearch<K, V> search,
            @Nullable LookupCache<K, V> cache,
            CopyThreads threads) {
        this.item = item;
        this.owner = owner;
        this.search = search;
        this.cache = cache;
        this.threads = threads;
        if (cache != null) {
            threads.onClose(cache::close);
            threads.start("feed", cache);
        }
    }

    @Override
    public Reading<V> read(K key) {
        refuseWhenClosed();
        reads.increment();
        return cache == null ? ask(key) : cache.read(key, this::ask);
    }

    @Override
    public Found<K, V> find(Map<String, ?> fields, int most) {
        return found(fields, most, null);
    }

    @Override
    public Found<K, V> find(Map<String, ?> fields, int most, K after) {
        return found(fields, most, after);
    }

    private Found<K, V> found(Map<String, ?> fields, int most, @Nullable K after) {
        refuseWhenClosed();
        reads.increment();
        asked.increment();
        return search.find(fields, most, after);
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "the service that looks up " + item + " is closed");
        }
    }

    private Reading<V> ask(K key) {
        asked.increment();
        return owner.read(key);
    }

    @Override
    public LookupStatistics statistics() {
        long toTheOwner = asked.sum();
        return new LookupStatistics(
                toTheOwner, Math.max(0, reads.sum() - toTheOwner), cache == null ? 0 : cache.dropped());
    }

    @Override
    public void close() {
        closed = true;
        threads.close();
    }
}
