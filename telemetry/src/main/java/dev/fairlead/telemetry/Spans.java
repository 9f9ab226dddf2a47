package dev.fairlead.telemetry;

import dev.fairlead.api.Trace;
import dev.fairlead.spi.Telemetry.Kind;
import dev.fairlead.spi.Telemetry.Work;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Begins spans. */
final class Spans {
    private final Tracer tracer;

    Spans(OpenTelemetry traces) {
        this.tracer = traces.getTracer(Names.SCOPE);
    }

    /** Below the span that this thread is in, else below the origin, else at the root; a change of state has no root of its own. */
    Span begin(Work work, @Nullable Trace origin) {
        Context here = Context.current();
        if (Span.fromContext(here).getSpanContext().isValid()) {
            return span(work, here);
        }
        if (origin != null) {
            return span(work, remote(origin));
        }
        return work.kind() == Kind.PUT ? Span.getInvalid() : span(work, Context.root());
    }

    /** Below the step that sent it. */
    Span receive(Work work, Trace sent) {
        return span(work, remote(sent));
    }

    private static Context remote(Trace trace) {
        SpanContext parent = SpanContext.createFromRemoteParent(
                trace.id(),
                trace.spanId(),
                trace.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }

    private Span span(Work work, Context parent) {
        String operation = work.kind().name().toLowerCase(Locale.ROOT);
        SpanBuilder builder = tracer.spanBuilder(operation + " " + work.item())
                .setParent(parent)
                .setSpanKind(kind(work.kind()))
                .setAttribute(Names.SYSTEM, "fairlead")
                .setAttribute(Names.DESTINATION, work.item())
                .setAttribute(Names.OPERATION, operation)
                .setAttribute(Names.SERVICE, work.service());
        work.group().ifPresent(group -> builder.setAttribute(Names.GROUP, group));
        Span span = builder.startSpan();
        boolean isParent = span.getSpanContext()
                .getSpanId()
                .equals(Span.fromContext(parent).getSpanContext().getSpanId());
        return isParent ? Span.getInvalid() : span; // without an SDK nothing new begins
    }

    private static SpanKind kind(Kind kind) {
        return switch (kind) {
            case PUT, APPEND, TELL -> SpanKind.PRODUCER;
            case ASK -> SpanKind.CLIENT;
            case ANSWER -> SpanKind.SERVER;
            case HANDLE -> SpanKind.CONSUMER;
        };
    }
}
