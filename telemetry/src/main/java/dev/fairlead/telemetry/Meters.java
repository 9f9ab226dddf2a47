package dev.fairlead.telemetry;

import dev.fairlead.api.Subscription;
import dev.fairlead.spi.Telemetry.Work;
import dev.fairlead.spi.Watched;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** Registers the meters of what is open, once for all with the same tags, and times work. Safe for many threads. */
final class Meters {
    static final String WORK = "fairlead.work";
    private static final String NO_GROUP = "none";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<Place, Shown> shown = new HashMap<>();
    private final Map<Ended, Timer> timers = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry) {
        this.registry = registry;
        this.clock = registry.config().clock();
    }

    private record Place(String name, Tags tags) {}

    private record Shown(Aggregate aggregate, Meter meter) {}

    private record Ended(Work work, String outcome) {}

    Timing begin(Work work) {
        long begin = clock.monotonicTime();
        return outcome -> timers.computeIfAbsent(new Ended(work, outcome), this::timer)
                .record(clock.monotonicTime() - begin, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Ended ended) {
        Work work = ended.work();
        return Timer.builder(WORK)
                .tag("kind", work.kind().name().toLowerCase(Locale.ROOT))
                .tag("service", work.service())
                .tag("item", work.item())
                .tag("group", work.group().orElse(NO_GROUP))
                .tag("outcome", ended.outcome())
                .register(registry);
    }

    Subscription watch(Watched watched) {
        Tags tags = Tags.of("service", watched.service(), "item", watched.item());
        return switch (watched) {
            case Watched.OpenCopy open -> show(open, Measures.COPY, tags);
            case Watched.Group open -> show(open, Measures.GROUP, tags.and("group", open.group()));
            case Watched.Questions open -> show(open, Measures.QUESTIONS, tags);
            case Watched.Answers open -> show(open, Measures.ANSWERS, tags);
            case Watched.Told open -> show(open, Measures.TOLD, tags);
            case Watched.OpenOutbox open -> show(open, Measures.OUTBOX, tags);
            case Watched.OpenInbox open -> show(open, Measures.INBOX, tags.and("group", open.group()));
        };
    }

    private synchronized <W> Subscription show(W open, List<Measure<W>> measures, Tags tags) {
        List<Runnable> ends = new ArrayList<>();
        for (Measure<W> measure : measures) {
            Place place = new Place(measure.name(), tags.and(measure.tags()));
            DoubleSupplier value = () -> measure.value().applyAsDouble(open);
            shown.computeIfAbsent(place, absent -> register(measure, place))
                    .aggregate()
                    .add(value);
            ends.add(() -> hide(place, value));
        }
        return () -> end(ends);
    }

    private synchronized void end(List<Runnable> ends) {
        ends.forEach(Runnable::run);
        ends.clear();
    }

    private void hide(Place place, DoubleSupplier value) {
        Shown there = shown.get(place);
        if (there != null && !there.aggregate().remove(value)) {
            registry.remove(there.meter());
            shown.remove(place);
        }
    }

    private Shown register(Measure<?> measure, Place place) {
        Aggregate aggregate = new Aggregate(measure.together());
        Meter meter = measure.together() == Measure.Together.COUNT
                ? FunctionCounter.builder(place.name(), aggregate, Aggregate::value)
                        .baseUnit(measure.unit())
                        .tags(place.tags())
                        .register(registry)
                : Gauge.builder(place.name(), aggregate, Aggregate::value)
                        .baseUnit(measure.unit())
                        .tags(place.tags())
                        .register(registry);
        return new Shown(aggregate, meter);
    }
}
