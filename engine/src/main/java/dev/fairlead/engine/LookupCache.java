package dev.fairlead.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Reading;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was looked up lately, each for as long as the plan allows, and dropped sooner when the item's feed tells of a change.
 *
 * <p>A value is loaded under the cache's lock of its key, and to drop it waits for that lock: so a value that was read before a change
 * cannot come into the cache after the change was told.
 */
final class LookupCache<K, V> implements Runnable, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LookupCache.class.getName());
    private static final long MOST = 10_000;
    private static final int PAGE = 1024;
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final String item;
    private final Log log;
    private final KeyText<K> keyText;
    private final Duration within;
    private final TimeSource time;
    private final LongAdder dropped = new LongAdder();
    private volatile Cache<K, Reading<V>> readings;
    private volatile boolean closed;
    private volatile @Nullable LogReader reader;

    LookupCache(String item, Log log, KeyText<K> keyText, Duration within, TimeSource time) {
        this.item = item;
        this.log = log;
        this.keyText = keyText;
        this.within = within;
        this.time = time;
        this.readings = nothing();
    }

    private Cache<K, Reading<V>> nothing() {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(within)
                .ticker(time::nanos)
                .executor(Runnable::run)
                .build();
    }

    Reading<V> read(K key, Function<K, Reading<V>> owner) {
        return readings.get(key, owner);
    }

    long dropped() {
        return dropped.sum();
    }

    /** Follows the feed from its end; whatever it may have missed drops everything. */
    @Override
    public void run() {
        boolean quiet = false;
        while (!closed && !Thread.currentThread().isInterrupted()) {
            try {
                follow();
            } catch (RuntimeException e) {
                if (closed || (e instanceof FairleadException known && known.code() == ErrorCode.CLOSED)) {
                    break;
                }
                if (!quiet) {
                    LOG.log(System.Logger.Level.WARNING, () -> "the lookup of " + item + " cannot follow its feed", e);
                }
                quiet = true;
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void follow() {
        try (LogReader opened = log.read(item, 0, log.bounds(item, 0).end())) {
            reader = opened;
            dropAll();
            long next = opened.next();
            while (!closed) {
                LogBatch batch = opened.poll(PAGE, PATIENCE);
                for (var written : batch.records()) {
                    if (!written.isErased()) { // the record that tells of the erasure comes behind, with the key
                        drop(written.key());
                    }
                    if (written.emptyFrom() > next) {
                        dropAll();
                    }
                    next = written.offset() + 1;
                }
                next = batch.hole() == null ? next : batch.hole().pass(next);
            }
        }
    }

    /** What is being loaded meanwhile comes into the cache that nobody reads any more; to invalidate all would leave it in. */
    private void dropAll() {
        readings = nothing();
    }

    private void drop(byte[] key) {
        if (readings.asMap().remove(keyText.key(key)) != null) {
            dropped.increment();
        }
    }

    @Override
    public void close() {
        closed = true;
        LogReader open = reader;
        if (open != null) {
            open.close();
        }
    }
}
