package dev.fairlead.engine;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.CopyStatistics;
import dev.fairlead.api.Digest;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Health;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.Snapshot;
import dev.fairlead.api.Subscription;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A copy of a state item in memory: answers reads from what {@link Applier} has applied. */
final class StateCopy<K, V> implements Copy<K, V>, WorkReport.Source, AutoCloseable {
    private static final Reading.Absent<?> ABSENT = new Reading.Absent<>();

    private final NeedPlan need;
    private final KeyText<K> keyText;
    private final Applier<K, V> applier;
    private final CopyTable<K, V> table;
    private final Gaps gaps;
    private final Freshness freshness;
    private final HealthWatch<K> health;
    private final Counters counters;
    private final OwnerLookup<K, V> owner;
    private final CopyThreads threads;
    private final LongSupplier end;

    StateCopy(
            NeedPlan need,
            KeyText<K> keyText,
            Applier<K, V> applier,
            Freshness freshness,
            HealthWatch<K> health,
            Counters counters,
            OwnerLookup<K, V> owner,
            CopyThreads threads,
            LongSupplier end) {
        this.need = need;
        this.keyText = keyText;
        this.applier = applier;
        this.table = applier.table();
        this.gaps = applier.gaps();
        this.freshness = freshness;
        this.health = health;
        this.counters = counters;
        this.owner = owner;
        this.threads = threads;
        this.end = end;
    }

    @Override
    public Reading<V> read(K key) {
        Reading.Fresh<V> entry = table.get(key);
        if (freshness.fresh() && !gaps.any()) {
            return entry == null ? absent() : entry;
        }
        return readDoubtful(key, entry);
    }

    private Reading<V> readDoubtful(K key, Reading.@Nullable Fresh<V> entry) {
        if (!applier.loaded()) {
            return new Reading.Unready<>(health());
        }
        boolean suspect = gaps.suspects(KeyHash.of(keyText.bytes(key)));
        if (freshness.fresh() && !suspect) {
            return entry == null ? absent() : entry;
        }
        return entry == null
                ? new Reading.Unready<>(health())
                : new Reading.Stale<>(entry.value(), entry.mark(), freshness.age());
    }

    @Override
    public Reading<V> get(K key) {
        Reading<V> reading = read(key);
        return switch (reading) {
            case Reading.Fresh<V> fresh -> fresh;
            case Reading.Absent<V> absent -> absent;
            case Reading.Stale<V> stale -> doubtful(key, stale);
            case Reading.Unready<V> unready -> doubtful(key, unready);
        };
    }

    private Reading<V> doubtful(K key, Reading<V> reading) {
        return switch (need.whenStale()) {
            case SERVE -> reading;
            case REFUSE -> throw stale(key);
            case ASK_OWNER -> owner.read(key);
        };
    }

    private FairleadException stale(K key) {
        Health now = health();
        String age = now.state() == HealthState.LOADING
                ? "still loading"
                : now.age().truncatedTo(ChronoUnit.MILLIS) + " old";
        String gap = now.state() == HealthState.GAP ? ", a record of this key was lost" : "";
        return new FairleadException(
                ErrorCode.STALE,
                "the copy of " + need.item().id() + " is " + age + gap + ", and " + need.reader()
                        + " allows " + need.within() + " and refuses older values (wait for the owner, or write"
                        + " when-stale: serve or ask-owner in the plan); the key is " + keyText.text(key));
    }

    @SuppressWarnings("unchecked") // an absent reading holds no value
    private static <V> Reading<V> absent() {
        return (Reading<V>) ABSENT;
    }

    @Override
    public Reading<V> read(K key, Receipt atLeast, Duration wait) {
        if (!atLeast.item().equals(need.item().id()) || !atLeast.key().equals(keyText.text(key))) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "the receipt is of " + atLeast.item() + " " + atLeast.key() + ", but the read is of "
                            + need.item().id() + " " + keyText.text(key));
        }
        long offset = atLeast.position().offset();
        boolean here = await(wait, () -> applier.next() > offset && !gaps.holds(offset));
        return here ? read(key) : owner.ask(key, atLeast);
    }

    @Override
    public void awaitLive(Duration wait) {
        if (!await(wait, () -> health.state() == HealthState.LIVE)) {
            throw new FairleadException(
                    ErrorCode.DEADLINE,
                    "the copy of " + need.item().id() + " is not live after " + wait + ": " + health());
        }
    }

    private boolean await(Duration wait, BooleanSupplier condition) {
        applier.lock().lock();
        try {
            return applier.progress().await(condition, wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FairleadException(
                    ErrorCode.CLOSED, "the wait for " + need.item().id() + " was interrupted", e);
        } finally {
            applier.lock().unlock();
        }
    }

    @Override
    public Health health() {
        return health.health();
    }

    @Override
    public Snapshot<K, V> snapshot() {
        applier.lock().lock();
        try {
            Map<K, V> values = HashMap.newHashMap(table.entries().size());
            table.entries().forEach((key, entry) -> values.put(key, entry.value()));
            return new Snapshot<>(applier.next() - 1, health(), Collections.unmodifiableMap(values));
        } finally {
            applier.lock().unlock();
        }
    }

    @Override
    public Subscription listen(Consumer<Change<K, V>> listener) {
        GuardedListener<K, V> guarded = new GuardedListener<>(threads.name(), listener, counters);
        Consumer<Delivery<K, V>> leave = applier.deliveries()::remove;
        if (need.conflate().isEmpty()) {
            Delivery<K, V> direct = new DirectDelivery<>(guarded, leave);
            applier.deliveries().add(direct);
            return direct;
        }
        ConflatingDelivery<K, V> conflating =
                new ConflatingDelivery<>(guarded, leave, need.conflate().get(), counters);
        applier.deliveries().add(conflating);
        threads.start("listener", conflating);
        return conflating;
    }

    @Override
    public Subscription listenHealth(Consumer<Health> listener) {
        return health.listen(listener);
    }

    @Override
    public Digest digest() {
        return applier.digest();
    }

    @Override
    public void report(WorkReport report) {
        long written = end.getAsLong();
        report.mark("end of " + need.item().id(), written);
        applier.lock().lock(); // a batch counts when all of it is applied
        try {
            report.mark(threads.name(), applier.next());
            owed(written).ifPresent(report::busy);
        } finally {
            applier.lock().unlock();
        }
    }

    private Optional<String> owed(long written) {
        long next = applier.next();
        String name = "the " + threads.name();
        if (next < written) {
            return Optional.of(name + " has not applied " + (written - next) + " records, from offset " + next + " on");
        }
        if (!applier.loaded()) {
            return Optional.of(name + " is loading");
        }
        if (gaps.any()) {
            return Optional.of(name + " lacks records that were lost on the way: " + health().gaps());
        }
        return applier.owes() ? Optional.of("a listener of " + name + " has not heard every change") : Optional.empty();
    }

    @Override
    public CopyStatistics statistics() {
        return counters.statistics();
    }

    @Override
    public void close() {
        applier.deliveries().forEach(Subscription::close);
        threads.close();
    }
}
