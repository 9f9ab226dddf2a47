package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.OutboxStatistics;
import dev.fairlead.engine.transaction.OutboxRelay;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The wiring of the event items of an open service: one appender for each item, and all the groups that are followed. */
final class EventItems implements WorkReport.Source, Outboxes.Relays, AutoCloseable {
    private final String service;
    private final Mechanisms mechanisms;
    private final Function<String, CodecProvider> codecs;
    private final TimeSource time;
    private final Steps steps;
    private final Map<String, EventAppender> appenders = new HashMap<>();
    private final List<FollowedGroup<?, ?>> followers = new ArrayList<>();
    private final List<OutboxRelay> relays = new ArrayList<>();
    private boolean closed;

    /** @param codecs by the id of an item, the codecs of its events */
    EventItems(
            String service,
            Mechanisms mechanisms,
            Function<String, CodecProvider> codecs,
            TimeSource time,
            Steps steps) {
        this.service = service;
        this.mechanisms = mechanisms;
        this.codecs = codecs;
        this.time = time;
        this.steps = steps;
    }

    synchronized <K, E> Events<K, E> of(EventItem<K, E> item, EventPlan plan) {
        Mechanism mechanism = mechanisms.of(plan.id());
        Log log = Mechanisms.log(mechanism, plan);
        Durability durability = plan.durability().orElseGet(() -> Assembly.best(mechanism));
        log.define(new LogDefinition(plan.id(), plan.retention(), durability));

        CodecProvider format = codecs.apply(plan.id());
        KeyText<K> keyText = KeyText.of(plan.id(), item.keyType());
        EventTypes<E> types = new EventTypes<>(plan, item.eventType(), format);
        EventInlet<K, E> inlet = new EventInlet<>(plan, keyText, types);
        FollowerList followers = FollowerList.of(plan.id(), log, durability);
        ErasureJournal journal = ErasureJournal.of(plan.id(), log, durability, service, time);
        EventAppender appender = appenders.computeIfAbsent(
                plan.id(),
                id -> new EventAppender(
                        new CloudEventForm(id, plan.envelope(), format.mediaType()),
                        log,
                        Erasures.ofEvents(id, service, log, mechanism, followers, journal),
                        service,
                        time,
                        steps));
        EventPages<K, E> pages = new EventPages<>(plan.id(), log, inlet);
        Groups<K, E> groups = new Groups<>(
                plan,
                mechanism,
                log,
                durability,
                mechanisms.place(plan.id()),
                keyText,
                inlet,
                followers,
                journal,
                time,
                steps,
                this::remember);
        Outboxes<K, E> outboxes = new Outboxes<>(plan, keyText, types, appender, time, steps, this);
        return new ItemEvents<>(plan, keyText, types, appender, pages, groups, outboxes);
    }

    @Override
    public synchronized boolean remember(OutboxRelay relay) {
        relays.removeIf(OutboxRelay::isClosed);
        return !closed && relays.add(relay);
    }

    @Override
    public synchronized Optional<OutboxRelay> of(String item) {
        return relays.stream()
                .filter(relay -> relay.item().equals(item) && !relay.isClosed())
                .findFirst();
    }

    /** Returns false when the service is closed, and the follower has to be closed with it. */
    private synchronized boolean remember(FollowedGroup<?, ?> follower) {
        followers.removeIf(FollowedGroup::isClosed);
        return !closed && followers.add(follower);
    }

    @Override
    public void report(WorkReport report) {
        List<EventAppender> appending;
        List<OutboxRelay> relaying;
        List<FollowedGroup<?, ?>> following;
        synchronized (this) {
            appending = List.copyOf(appenders.values());
            relaying = List.copyOf(relays);
            following = List.copyOf(followers);
        }
        relaying.forEach(relay -> report(relay, report));
        appending.forEach(appender -> appender.report(report));
        following.forEach(follower -> follower.report(report));
    }

    static void report(OutboxRelay relay, WorkReport report) {
        if (relay.isClosed()) {
            return;
        }
        OutboxStatistics outbox = relay.statistics();
        String name = "the outbox of " + relay.item();
        report.mark(name, outbox.published() + outbox.recognised());
        if (outbox.pending() > 0) {
            relay.wake();
            String failure = outbox.failure().isEmpty() ? "" : " (" + outbox.failure() + ")";
            report.busy(name + " has not published " + outbox.pending() + " events" + failure);
        }
    }

    @Override
    public void close() {
        List<FollowedGroup<?, ?>> following;
        List<OutboxRelay> relaying;
        List<EventAppender> appending;
        synchronized (this) {
            closed = true;
            following = List.copyOf(followers);
            relaying = List.copyOf(relays);
            appending = List.copyOf(appenders.values());
            followers.clear();
        }
        following.forEach(Closing::quietly);
        relaying.forEach(Closing::quietly);
        appending.forEach(Closing::quietly);
    }
}
