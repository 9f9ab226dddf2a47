package dev.fairlead.telemetry;

import dev.fairlead.api.Fairlead;
import dev.fairlead.engine.Opening;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;

/** The code that docs/telemetry.md shows; {@link TelemetryPageTest} holds the two together and runs it. */
final class TelemetryExample {
    private TelemetryExample() {}

    // giving begins
    static Fairlead open(Path plan, OpenTelemetry traces, MeterRegistry metrics) {
        return Opening.of("shipping", plan)
                .telemetry(FairleadTelemetry.of(traces, metrics))
                .open();
    }
    // giving ends
}
