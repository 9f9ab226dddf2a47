package dev.fairlead.telemetry;

import dev.fairlead.api.Subscription;
import dev.fairlead.api.Trace;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.Watched;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;

/**
 * Records what an engine does as spans of OpenTelemetry and as meters of Micrometer.
 *
 * <p>Given to {@code Opening.telemetry}; without that, the first service of a process to find this module on its class path uses the global
 * {@code OpenTelemetry} and the global registry. Names and tags stand in docs/telemetry.md. Neither keys nor values are recorded. Safe for many threads.
 */
public final class FairleadTelemetry implements Telemetry {
    private final Spans spans;
    private final Meters meters;

    FairleadTelemetry(Spans spans, Meters meters) {
        this.spans = spans;
        this.meters = meters;
    }

    /** Records in both; {@code OpenTelemetry.noop()} or a registry without meters leave one out. */
    public static FairleadTelemetry of(OpenTelemetry traces, MeterRegistry metrics) {
        return new FairleadTelemetry(new Spans(traces), new Meters(metrics));
    }

    @Override
    public Step begin(Work work, @Nullable Trace origin) {
        return new RecordedStep(spans.begin(work, origin), meters.begin(work));
    }

    @Override
    public Step receive(Work work, Trace sent) {
        return new RecordedStep(spans.receive(work, sent), meters.begin(work));
    }

    @Override
    public Subscription watch(Watched watched) {
        return meters.watch(watched);
    }
}
