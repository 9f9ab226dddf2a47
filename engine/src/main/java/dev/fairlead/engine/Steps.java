package dev.fairlead.engine;

import dev.fairlead.api.Origin;
import dev.fairlead.api.Subscription;
import dev.fairlead.api.Trace;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.Telemetry.Kind;
import dev.fairlead.spi.Telemetry.Step;
import dev.fairlead.spi.Telemetry.Work;
import dev.fairlead.spi.Watched;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets telemetry watch what one service does, and gives what goes out the origin that fits. */
final class Steps {
    private final Telemetry telemetry;
    private final String service;

    Steps(Telemetry telemetry, String service) {
        this.telemetry = telemetry;
        this.service = service;
    }

    /** Work on its way out, and the origin that it carries. */
    record Outward(Origin origin, Step step) {}

    /** A change on its way out; it carries an origin only if it belongs to a trace. */
    record OutwardChange(@Nullable Origin origin, Step step) {}

    Work work(Kind kind, String item) {
        return new Work(kind, service, item, Optional.empty());
    }

    Work handling(String item, String group) {
        return new Work(Kind.HANDLE, service, item, Optional.of(group));
    }

    Outward begin(Work work) {
        Origin before = Origin.current().orElse(null);
        Step step = telemetry.begin(work, before == null ? null : before.trace());
        Trace trace = step.trace();
        return new Outward(trace == null ? Origins.ofWork() : of(trace, before), step);
    }

    OutwardChange beginChange(Work work) {
        Origin before = Origin.current().orElse(null);
        Step step = telemetry.begin(work, before == null ? null : before.trace());
        Trace trace = step.trace();
        return new OutwardChange(trace == null ? Origins.ofChange() : of(trace, before), step);
    }

    private static Origin of(Trace trace, @Nullable Origin before) {
        return new Origin(trace, before == null ? Optional.empty() : before.cause());
    }

    /** Does what came in with this origin. */
    <T> T receive(Work work, Origin origin, Callable<T> action) throws Exception {
        Step step = telemetry.receive(work, origin.trace());
        if (step == Step.NONE) {
            return origin.during(action);
        }
        Trace trace = step.trace();
        Origin inside = trace == null ? origin : new Origin(trace, origin.cause());
        try {
            T done = inside.during(() -> step.during(action));
            step.end(null);
            return done;
        } catch (Throwable failure) {
            step.end(failure);
            throw failure;
        }
    }

    Subscription watch(Function<String, Watched> open) {
        return telemetry.watch(open.apply(service));
    }
}
