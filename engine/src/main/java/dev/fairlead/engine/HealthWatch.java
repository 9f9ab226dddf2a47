package dev.fairlead.engine;

import dev.fairlead.api.Health;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Judges a copy, and tells listeners when the verdict changes. Safe for many threads. */
final class HealthWatch<K> {
    private static final System.Logger LOG = System.getLogger(HealthWatch.class.getName());

    private final Applier<K, ?> applier;
    private final Freshness freshness;
    private final KeyText<K> keyText;
    private final Duration within;
    private final List<Consumer<Health>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock telling = new ReentrantLock();
    private final Map<Long, String> names = new ConcurrentHashMap<>();
    private HealthState toldState = HealthState.LOADING;
    private Collection<Gaps.Gap> toldGaps = List.of();

    HealthWatch(Applier<K, ?> applier, Freshness freshness, KeyText<K> keyText, Duration within) {
        this.applier = applier;
        this.freshness = freshness;
        this.keyText = keyText;
        this.within = within;
    }

    HealthState state() {
        if (!applier.loaded()) {
            return HealthState.LOADING;
        }
        if (freshness.freshByTheClock()) {
            return applier.gaps().any() ? HealthState.GAP : HealthState.LIVE;
        }
        return freshness.heard() ? HealthState.LATE : HealthState.STALE;
    }

    Health health() {
        return new Health(
                state(),
                freshness.age(),
                within,
                applier.lag(),
                names(applier.gaps().all()));
    }

    /** Looks whether the verdict has changed, and if so tells it. */
    void look() {
        if (listeners.isEmpty() || !telling.tryLock()) {
            return;
        }
        try {
            Collection<Gaps.Gap> gaps = applier.gaps().all();
            HealthState state = state();
            if (state != toldState || !gaps.equals(toldGaps)) {
                toldState = state;
                toldGaps = gaps;
                tell(new Health(state, freshness.age(), within, applier.lag(), names(gaps)));
            }
        } finally {
            telling.unlock();
        }
    }

    private void tell(Health health) {
        for (Consumer<Health> listener : listeners) {
            try {
                listener.accept(health);
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.WARNING, "a health listener failed", e);
            }
        }
    }

    Subscription listen(Consumer<Health> listener) {
        Consumer<Health> own = listener::accept;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** The text of the keys that have gaps. Searching them costs a pass over the copy, once per gap. */
    private Set<String> names(Collection<Gaps.Gap> gaps) {
        if (gaps.isEmpty()) {
            names.clear();
            return Set.of();
        }
        Set<String> keys = new HashSet<>();
        List<Gaps.Gap> unknown = new ArrayList<>();
        for (Gaps.Gap gap : gaps) {
            String name = gap.named() ? names.get(gap.offset()) : null;
            if (name == null) {
                unknown.add(gap);
            } else {
                keys.add(name);
            }
        }
        unknown.forEach(gap -> keys.add(gap.named() ? search(gap) : "#" + gap.offset()));
        return keys;
    }

    private String search(Gaps.Gap gap) {
        String name = applier.table().entries().keySet().stream()
                .filter(key -> KeyHash.of(keyText.bytes(key)) == gap.keyHash())
                .map(keyText::text)
                .findFirst()
                .orElse("#" + gap.offset());
        names.put(gap.offset(), name);
        return name;
    }
}
