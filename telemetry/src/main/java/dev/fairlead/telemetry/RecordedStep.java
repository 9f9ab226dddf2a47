package dev.fairlead.telemetry;

import dev.fairlead.api.Trace;
import dev.fairlead.spi.Telemetry.Step;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A piece of work that is timed, and has a span unless it belongs to no trace. */
record RecordedStep(Span span, Timing timing) implements Step {
    private static final int HALF = 16;

    @Override
    public @Nullable Trace trace() {
        SpanContext context = span.getSpanContext();
        return context.isValid() ? trace(context) : null;
    }

    private static Trace trace(SpanContext context) {
        String id = context.getTraceId();
        return new Trace(
                HexFormat.fromHexDigitsToLong(id, 0, HALF),
                HexFormat.fromHexDigitsToLong(id, HALF, 2 * HALF),
                HexFormat.fromHexDigitsToLong(context.getSpanId()),
                context.isSampled());
    }

    @Override
    public <T> T during(Callable<T> work) throws Exception {
        try (Scope scope = span.makeCurrent()) {
            return work.call();
        }
    }

    @Override
    public void end(@Nullable Throwable failure) {
        String outcome = Outcome.of(failure);
        timing.end(outcome);
        if (failure != null) {
            span.setStatus(StatusCode.ERROR, outcome);
            span.setAttribute(Names.ERROR_TYPE, outcome);
        }
        span.end();
    }
}
