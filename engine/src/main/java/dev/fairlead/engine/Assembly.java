package dev.fairlead.engine;

import dev.fairlead.api.Change;
import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.Subscription;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.ValueCodec;
import dev.fairlead.spi.Watched;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The wiring of owners, copies and lookups: which parts there are, and who knows whom. */
final class Assembly {
    private static final Duration FASTEST_LOOK = Duration.ofMillis(2);
    private static final Duration SLOWEST_LOOK = Duration.ofMillis(250);

    private final String service;
    private final Function<String, CodecProvider> codecs;
    private final TimeSource time;
    private final Steps steps;

    /** @param codecs by the id of an item, the codecs of its values */
    Assembly(String service, Function<String, CodecProvider> codecs, TimeSource time, Steps steps) {
        this.service = service;
        this.codecs = codecs;
        this.time = time;
        this.steps = steps;
    }

    <K, V> StateOwner<K, V> owner(StateItem<K, V> item, ItemPlan plan, Mechanism mechanism) {
        Log log = Mechanisms.log(mechanism, plan);
        log.define(definition(plan, mechanism));
        return new StateOwner<>(
                plan,
                item.keyType(),
                item.valueType(),
                codecs.apply(plan.id()),
                log,
                () -> claim(plan, log, mechanism),
                Erasures.ofState(plan, log, mechanism, journal(plan, log, mechanism)),
                service,
                time,
                steps);
    }

    /** A mechanism that finds by keys only has nothing to keep for those who search. */
    private LogWriter claim(ItemPlan plan, Log log, Mechanism mechanism) {
        if (plan.searched().isEmpty() || !mechanism.capabilities().contains(Capability.FIND)) {
            return log.claim(plan.id(), service);
        }
        SearchedTexts texts = new SearchedTexts(plan, codecs.apply(plan.id()));
        return Mechanisms.table(mechanism).orElseThrow().claim(plan.id(), service, texts.fields());
    }

    /** @param listener that hears of every change, also of those while the copy loads; null when there is none */
    <K, V> StateCopy<K, V> copy(
            StateItem<K, V> item,
            NeedPlan need,
            Mechanism mechanism,
            ServiceTimer timer,
            @Nullable Consumer<Change<K, V>> listener) {
        ItemPlan plan = need.item();
        Log log = Mechanisms.log(mechanism, plan);
        log.define(definition(plan, mechanism));

        String name = "copy of " + plan.id() + " in " + service;
        KeyText<K> keyText = KeyText.of(plan.id(), item.keyType());
        CodecProvider format = codecs.apply(plan.id());
        ValueCodec<V> codec = format.codec(item.valueType());
        Outlet outlet = new Outlet(plan, need.projection().map(format::projection));
        Freshness freshness = new Freshness(time, need.within());
        Counters counters = new Counters();
        RecordAccess<V> access = new RecordAccess<>(plan.id(), item.valueType(), plan.optional());
        CopyDecoder<K, V> decoder = new CopyDecoder<>(keyText, plan.keyField(), codec, access, outlet);
        Applier<K, V> applier = new Applier<>(name, decoder, freshness, counters);
        HealthWatch<K> health = new HealthWatch<>(applier, freshness, keyText, need.within());
        CopyErasures erasures = new CopyErasures(
                applier,
                ErasureNote.supportedBy(mechanism) ? ErasureNote.of(log, plan.id(), service, "copy") : null,
                journal(plan, log, mechanism));
        CopyPump<K, V> pump = new CopyPump<>(name, log, plan.id(), applier, () -> {
            health.look();
            erasures.tell();
        });
        Optional<Table> table = Mechanisms.table(mechanism);
        OwnerLookup<K, V> owner = new OwnerLookup<>(plan.id(), keyText, table, outlet, codec);

        CopyThreads threads = new CopyThreads(name);
        threads.onClose(pump::close);
        threads.onClose(freshness::close);
        StateCopy<K, V> copy = new StateCopy<>(
                need,
                keyText,
                applier,
                freshness,
                health,
                counters,
                owner,
                threads,
                () -> log.bounds(plan.id(), 0).end());
        if (listener != null) {
            copy.listen(listener);
        }
        threads.start("pump", pump);
        threads.start("recovery", new GapRecovery(log, plan.id(), applier, health::look));
        timer.every(lookInterval(need.within()), health::look, name);
        Subscription watch = steps.watch(reader -> new Watched.OpenCopy(reader, plan.id(), copy));
        threads.onClose(watch::close);
        return copy;
    }

    <K, V> TableLookup<K, V> lookup(StateItem<K, V> item, NeedPlan need, Mechanism mechanism) {
        ItemPlan plan = need.item();
        Log log = Mechanisms.log(mechanism, plan);
        Table table = Mechanisms.table(mechanism)
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.CAPABILITY,
                        "the mechanism " + mechanism.name() + " cannot look up a key of " + plan.id()
                                + " (choose another mechanism for it, or read a copy)"));
        log.define(definition(plan, mechanism));
        CodecProvider format = codecs.apply(plan.id());
        Outlet outlet = new Outlet(plan, need.projection().map(format::projection));
        KeyText<K> keyText = KeyText.of(plan.id(), item.keyType());
        ValueCodec<V> codec = format.codec(item.valueType());
        LookupCache<K, V> cache = need.reuse()
                .map(within -> new LookupCache<K, V>(plan.id(), log, keyText, within, time))
                .orElse(null);
        OwnerSearch<K, V> search =
                new OwnerSearch<>(need, keyText, table, new SearchedTexts(plan, format), outlet, codec);
        return new TableLookup<>(
                plan.id(),
                new OwnerLookup<>(plan.id(), keyText, Optional.of(table), outlet, codec),
                search,
                cache,
                new CopyThreads("lookup of " + plan.id() + " in " + service));
    }

    private ErasureJournal journal(ItemPlan plan, Log log, Mechanism mechanism) {
        return ErasureJournal.of(plan.id(), log, definition(plan, mechanism).durability(), service, time);
    }

    private static LogDefinition definition(ItemPlan plan, Mechanism mechanism) {
        Durability durability = plan.durability().orElseGet(() -> best(mechanism));
        return new LogDefinition(plan.id(), new Retention.LatestPerKey(), durability);
    }

    /** The wiring of event items, which share this service's codecs and time. */
    EventItems events(Mechanisms mechanisms) {
        return new EventItems(service, mechanisms, codecs, time, steps);
    }

    static Durability best(Mechanism mechanism) {
        if (mechanism.capabilities().contains(Capability.SURVIVES_POWER_LOSS)) {
            return Durability.D2;
        }
        return mechanism.capabilities().contains(Capability.SURVIVES_KILL) ? Durability.D1 : Durability.D0;
    }

    /** Often enough that a change of health is told well within the freshness asked for. */
    private static Duration lookInterval(Duration within) {
        Duration quarter = within.dividedBy(4);
        if (quarter.compareTo(FASTEST_LOOK) < 0) {
            return FASTEST_LOOK;
        }
        return quarter.compareTo(SLOWEST_LOOK) > 0 ? SLOWEST_LOOK : quarter;
    }
}
