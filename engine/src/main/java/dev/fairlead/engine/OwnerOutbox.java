package dev.fairlead.engine;

import dev.fairlead.api.OutboxStatistics;
import dev.fairlead.api.StateOutbox;
import dev.fairlead.engine.transaction.OutboxRelay;
import dev.fairlead.engine.transaction.OutboxTables;
import dev.fairlead.spi.Telemetry;
import java.sql.Connection;

/** The outbox of one state item: writes changes into the transactions of callers, for a relay to publish. */
final class OwnerOutbox<K, V> implements StateOutbox<K, V> {
    private static final byte[] NOTHING = {};

    private final String item;
    private final StateOwner<K, V> owner;
    private final OutboxTables tables;
    private final OutboxRelay relay;
    private final Steps steps;
    private final Telemetry.Work work;

    OwnerOutbox(String item, StateOwner<K, V> owner, OutboxTables tables, OutboxRelay relay, Steps steps) {
        this.item = item;
        this.owner = owner;
        this.tables = tables;
        this.relay = relay;
        this.steps = steps;
        this.work = steps.work(Telemetry.Kind.PUT, item);
    }

    @Override
    public void put(Connection transaction, V value) {
        byte[] payload = owner.encoded(value);
        write(transaction, owner.keyOf(value), StatePublisher.PUT, payload);
    }

    @Override
    public void remove(Connection transaction, K key) {
        write(transaction, owner.keyBytes(key), StatePublisher.REMOVE, NOTHING);
    }

    /** The trace of the caller, if it has one, goes with the change, not that of the relay. */
    private void write(Connection transaction, byte[] key, String type, byte[] payload) {
        relay.requireRoom();
        OpenTransaction.require(item, transaction);
        Steps.OutwardChange change = steps.beginChange(work);
        try {
            tables.append(transaction, key, type, payload, OriginFormat.pack(change.origin()));
            change.step().end(null);
        } catch (RuntimeException | Error failure) {
            change.step().end(failure);
            throw failure;
        }
    }

    @Override
    public void wake() {
        relay.wake();
    }

    @Override
    public OutboxStatistics statistics() {
        return relay.statistics();
    }

    @Override
    public void close() {
        relay.close();
    }
}
