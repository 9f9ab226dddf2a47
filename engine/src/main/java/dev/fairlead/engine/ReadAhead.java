package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log on a thread of its own while another applies what has come, as long as that is wanted and records come.
 *
 * <p>Pages lie between the two. The one who applies also decodes; when the pages pile up, the one who reads decodes the page that it has in
 * hand, so that neither waits while there is work for both. They pile up to what keeps the other busy while a server makes its next answer.
 * Nobody else may poll the reader before this is closed.
 */
final class ReadAhead<K, V> implements AutoCloseable {
    private static final int AHEAD = 8 * 1024;
    static final int MOST_RECORDS = 2 * AHEAD;
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final LogReader reader;
    private final CopyDecoder<K, V> decoder;
    private final BooleanSupplier wanted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final ArrayDeque<Page<K, V>> pages = new ArrayDeque<>();
    private int records;
    private long bytes;
    private boolean reading;
    private volatile boolean closed;
    private @Nullable Runnable failing;

    /** A batch that was read, and what it became if it was decoded. */
    private record Page<K, V>(
            LogBatch batch, long read, long bytes, @Nullable DecodedPage<K, V> decoded) {
        Page<K, V> decoded(CopyDecoder<K, V> decoder) {
            return new Page<>(batch, read, bytes, decoder.page(batch, read));
        }
    }

    ReadAhead(LogReader reader, CopyDecoder<K, V> decoder, BooleanSupplier wanted) {
        this.reader = reader;
        this.decoder = decoder;
        this.wanted = wanted;
    }

    void start(String copy) {
        reading = true;
        Thread.ofPlatform().daemon().name("fairlead " + copy + " reader").start(this::readAll);
    }

    private void readAll() {
        Runnable failure = null;
        try {
            boolean hasRecords = true;
            while (hasRecords && !closed && wanted.getAsBoolean()) {
                LogBatch batch = reader.poll(CopyPump.PAGE, CopyPump.PATIENCE);
                add(new Page<>(batch, reader.next(), bytes(batch), null));
                hasRecords = !batch.records().isEmpty();
            }
        } catch (RuntimeException | Error e) {
            failure = () -> {
                throw e;
            };
        } finally {
            end(failure);
        }
    }

    private static long bytes(LogBatch batch) {
        long bytes = 0;
        for (LogRecord record : batch.records()) {
            bytes += record.key().length + record.header().length + record.payload().length;
        }
        return bytes;
    }

    private void add(Page<K, V> page) {
        put(isAhead() ? page.decoded(decoder) : page);
    }

    private boolean isAhead() {
        lock.lock();
        try {
            return records >= AHEAD;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(Page<K, V> page) {
        lock.lock();
        try {
            return pages.isEmpty() || (records < MOST_RECORDS && bytes + page.bytes() <= MOST_BYTES);
        } finally {
            lock.unlock();
        }
    }

    private void put(Page<K, V> page) {
        lock.lock();
        try {
            while (!closed && !hasRoom(page)) {
                moved.awaitUninterruptibly();
            }
            pages.add(page);
            records += page.batch().records().size();
            bytes += page.bytes();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Runnable failure) {
        lock.lock();
        try {
            failing = failure;
            reading = false;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a page; false when there will be none. Fails as the reader did, once what it read before is taken. */
    boolean hasNext() {
        lock.lock();
        try {
            while (pages.isEmpty() && reading) {
                moved.await();
            }
            if (pages.isEmpty() && failing != null) {
                failing.run();
            }
            return !pages.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FairleadException(ErrorCode.CLOSED, "the wait for records was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    DecodedPage<K, V> next() {
        Page<K, V> page = remove();
        return page.decoded() == null ? decoder.page(page.batch(), page.read()) : page.decoded();
    }

    private Page<K, V> remove() {
        lock.lock();
        try {
            Page<K, V> page = pages.remove();
            records -= page.batch().records().size();
            bytes -= page.bytes();
            moved.signalAll();
            return page;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was not taken, and returns when the reader is free for another thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
            while (reading) {
                moved.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
