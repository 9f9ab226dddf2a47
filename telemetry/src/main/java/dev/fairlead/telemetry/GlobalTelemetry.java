package dev.fairlead.telemetry;

import dev.fairlead.api.Subscription;
import dev.fairlead.api.Trace;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.Watched;
import io.micrometer.core.instrument.Metrics;
import io.opentelemetry.api.GlobalOpenTelemetry;
import org.jspecify.annotations.Nullable;

/** Records in the global OpenTelemetry and the global registry of Micrometer; found by {@link java.util.ServiceLoader}. */
public final class GlobalTelemetry implements Telemetry {
    private static final Meters METERS = new Meters(Metrics.globalRegistry);

    private final Telemetry telemetry = new FairleadTelemetry(new Spans(GlobalOpenTelemetry.getOrNoop()), METERS);

    @Override
    public Step begin(Work work, @Nullable Trace origin) {
        return telemetry.begin(work, origin);
    }

    @Override
    public Step receive(Work work, Trace sent) {
        return telemetry.receive(work, sent);
    }

    @Override
    public Subscription watch(Watched watched) {
        return telemetry.watch(watched);
    }
}
