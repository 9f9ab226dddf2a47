package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxStatistics;
import dev.fairlead.engine.transaction.OutboxRelay;
import dev.fairlead.engine.transaction.OutboxTables;
import dev.fairlead.spi.Telemetry;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The outbox of one item: writes events into the transactions of callers, for a relay to publish. */
final class ItemOutbox<K, E> implements Outbox<K, E> {
    private static final int MOST = 10_000;

    private final String item;
    private final KeyText<K> keyText;
    private final EventTypes<E> types;
    private final OutboxTables tables;
    private final OutboxRelay relay;
    private final Steps steps;
    private final Telemetry.Work work;

    ItemOutbox(
            String item, KeyText<K> keyText, EventTypes<E> types, OutboxTables tables, OutboxRelay relay, Steps steps) {
        this.item = item;
        this.keyText = keyText;
        this.types = types;
        this.tables = tables;
        this.relay = relay;
        this.steps = steps;
        this.work = steps.work(Telemetry.Kind.APPEND, item);
    }

    private record Encoded(byte[] key, String type, byte[] payload) {}

    @Override
    public void append(Connection transaction, K key, E event) {
        Encoded encoded = encode(key, event);
        relay.requireRoom();
        OpenTransaction.require(item, transaction);
        write(transaction, encoded);
    }

    @Override
    public void append(Connection transaction, List<? extends Map.Entry<K, ? extends E>> events) {
        if (events.size() > MOST) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "a call writes at most " + MOST + " events, not " + events.size() + " (make several calls)");
        }
        List<Encoded> sorted = events.stream()
                .map(event -> encode(event.getKey(), event.getValue()))
                .sorted((one, other) -> Arrays.compareUnsigned(one.key(), other.key()))
                .toList();
        relay.requireRoom();
        OpenTransaction.require(item, transaction);
        sorted.forEach(event -> write(transaction, event));
    }

    /** The trace of the caller goes with the event, not that of the relay. */
    private void write(Connection transaction, Encoded event) {
        Steps.Outward outward = steps.begin(work);
        try {
            byte[] origin = OriginFormat.pack(outward.origin());
            tables.append(transaction, event.key(), event.type(), event.payload(), origin);
            outward.step().end(null);
        } catch (RuntimeException | Error failure) {
            outward.step().end(failure);
            throw failure;
        }
    }

    private Encoded encode(K key, E event) {
        return new Encoded(keyText.bytes(key), EventTypes.nameOf(event), types.encode(event));
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
