package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.engine.transaction.OutboxRelay;
import dev.fairlead.engine.transaction.OutboxTables;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.Watched;
import java.util.Optional;
import javax.sql.DataSource;

/** Puts the outbox of an item together: its tables, its relay, its way to the log. */
final class Outboxes<K, E> {
    private final EventPlan plan;
    private final KeyText<K> keyText;
    private final EventTypes<E> types;
    private final EventAppender appender;
    private final TimeSource time;
    private final Steps steps;
    private final Relays relays;

    Outboxes(
            EventPlan plan,
            KeyText<K> keyText,
            EventTypes<E> types,
            EventAppender appender,
            TimeSource time,
            Steps steps,
            Relays relays) {
        this.plan = plan;
        this.keyText = keyText;
        this.types = types;
        this.appender = appender;
        this.time = time;
        this.steps = steps;
        this.relays = relays;
    }

    /** The relays of a service. */
    interface Relays {
        /** Takes one in that is to be closed with the service; false when the service is closed already. */
        boolean remember(OutboxRelay relay);

        /** One of the item that is open. */
        Optional<OutboxRelay> of(String item);
    }

    /** The relay of the item's outbox, when that is open here. */
    Optional<OutboxRelay> open() {
        return relays.of(plan.id());
    }

    Outbox<K, E> open(DataSource database, OutboxSettings settings) {
        if (plan.access() != EventPlan.Access.OWN) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    plan.service() + " does not own " + plan.id() + " and has no outbox for it (only its owner may)");
        }
        appender.opensOutbox();
        OutboxTables tables = OutboxTables.open(database, settings.tables(), plan.id());
        String name = "fairlead outbox of " + plan.id() + " in " + plan.service();
        LogPublisher publisher = new LogPublisher(name + " log", appender);
        OutboxRelay relay = new OutboxRelay(plan.id(), name + " relay", tables, settings, publisher, time);
        if (!relays.remember(relay)) {
            throw new FairleadException(ErrorCode.CLOSED, "the service " + plan.service() + " is closed");
        }
        relay.onClose(steps.watch(service -> new Watched.OpenOutbox(service, plan.id(), relay::statistics)));
        relay.start();
        return new ItemOutbox<>(plan.id(), keyText, types, tables, relay, steps);
    }
}
