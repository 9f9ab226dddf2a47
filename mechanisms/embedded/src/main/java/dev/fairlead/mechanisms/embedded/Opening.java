package dev.fairlead.mechanisms.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** One opener's hold on a store, and the readers that end with it. */
final class Opening implements AutoCloseable {
    private final Stores.Lease lease;
    private final Set<EmbeddedLogReader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    Opening(Stores.Lease lease) {
        this.lease = lease;
    }

    Store store() {
        checkOpen();
        return lease.store();
    }

    void checkOpen() {
        if (closed.get()) {
            throw StorageFailures.closed();
        }
    }

    void join(EmbeddedLogReader reader) {
        readers.add(reader);
        if (closed.get()) {
            reader.close();
            throw StorageFailures.closed();
        }
    }

    void leave(EmbeddedLogReader reader) {
        readers.remove(reader);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            readers.forEach(EmbeddedLogReader::close);
            lease.close();
        }
    }
}
