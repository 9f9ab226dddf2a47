package dev.fairlead.engine;

import dev.fairlead.api.OutboxSettings;
import dev.fairlead.api.StateOutbox;
import dev.fairlead.engine.transaction.OutboxRelay;
import dev.fairlead.engine.transaction.OutboxTables;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.Watched;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** The outboxes that are open for one state item, each with its relay. */
final class StateOutboxes<K, V> implements AutoCloseable {
    private final String item;
    private final String service;
    private final TimeSource time;
    private final Steps steps;
    private final List<OutboxRelay> relays = new CopyOnWriteArrayList<>();

    StateOutboxes(String item, String service, TimeSource time, Steps steps) {
        this.item = item;
        this.service = service;
        this.time = time;
        this.steps = steps;
    }

    StateOutbox<K, V> open(StateOwner<K, V> owner, DataSource database, OutboxSettings settings) {
        OutboxTables tables = OutboxTables.open(database, settings.tables(), item);
        String name = "fairlead outbox of " + item + " in " + service;
        StatePublisher publisher = new StatePublisher(name + " log", owner);
        OutboxRelay relay = new OutboxRelay(item, name + " relay", tables, settings, publisher, time);
        relay.onClose(steps.watch(watched -> new Watched.OpenOutbox(watched, item, relay::statistics)));
        relays.removeIf(OutboxRelay::isClosed);
        relays.add(relay);
        relay.start();
        return new OwnerOutbox<>(item, owner, tables, relay, steps);
    }

    /** The relay of one that is open. */
    Optional<OutboxRelay> open() {
        return relays.stream().filter(relay -> !relay.isClosed()).findFirst();
    }

    void report(WorkReport report) {
        relays.forEach(relay -> EventItems.report(relay, report));
    }

    @Override
    public void close() {
        relays.forEach(Closing::quietly);
    }
}
