package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.Reading;

/** Reads single keys of a state item from its owner's table, until it is closed. */
final class TableLookup<K, V> implements Lookup<K, V>, AutoCloseable {
    private final String item;
    private final OwnerLookup<K, V> owner;
    private volatile boolean closed;

    TableLookup(String item, OwnerLookup<K, V> owner) {
        this.item = item;
        this.owner = owner;
    }

    @Override
    public Reading<V> read(K key) {
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "the service that looks up " + item + " is closed");
        }
        return owner.read(key);
    }

    @Override
    public void close() {
        closed = true;
    }
}
