package dev.fairlead.telemetry;

import static dev.fairlead.telemetry.Store.CHARGE;
import static dev.fairlead.telemetry.Store.PARCELS;
import static dev.fairlead.telemetry.Store.RATE;
import static dev.fairlead.telemetry.Store.SALES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Owner;
import dev.fairlead.api.RequestRefused;
import dev.fairlead.api.Trace;
import dev.fairlead.telemetry.Store.Charge;
import dev.fairlead.telemetry.Store.Paid;
import dev.fairlead.telemetry.Store.Parcel;
import dev.fairlead.telemetry.Store.Rate;
import dev.fairlead.telemetry.Store.Sale;
import dev.fairlead.testbed.TestLandscape;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpansTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Trace OUTSIDE = Trace.parse("00-" + TRACE + "-b7ad6b7169203331-01");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk traces = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();
    private final Tracer own = traces.getTracer("application");
    private final TestLandscape landscape = Store.open();

    @BeforeEach
    void watch() {
        landscape.watchWith(FairleadTelemetry.of(traces, new SimpleMeterRegistry()));
    }

    @AfterEach
    void close() {
        landscape.close();
        traces.close();
    }

    private SpanData span(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .reduce((one, other) -> {
                    throw new AssertionError("two spans " + name);
                })
                .orElseThrow(() -> new AssertionError("no span " + name + " in " + exporter.getFinishedSpanItems()));
    }

    private void assertBelow(String child, String parent) {
        assertThat(span(child).getTraceId()).as(child).isEqualTo(span(parent).getTraceId());
        assertThat(span(child).getParentSpanId())
                .as(child + " below " + parent)
                .isEqualTo(span(parent).getSpanId());
    }

    @Test
    void oneTraceRunsThroughAllThatAWebRequestMakesHappen() throws Exception {
        Events<String, Sale> sales = landscape.open("checkout").events(SALES);
        Fairlead shipping = landscape.open("shipping");
        Owner<String, Parcel> parcels = shipping.own(PARCELS);
        Fairlead payment = landscape.open("payment");
        payment.answer(RATE, (question, asked) -> question);
        payment.handle(CHARGE, (charge, told) -> {});
        shipping.events(SALES).follow("send", Handler.effect(paid -> {
            shipping.ask(RATE, new Rate("a"));
            shipping.tell(CHARGE, new Charge(paid.key()));
            Span packing = own.spanBuilder("packing").startSpan();
            try (Scope scope = packing.makeCurrent()) {
                parcels.put(new Parcel(paid.key(), "a"));
            } finally {
                packing.end();
            }
        }));

        Span web = own.spanBuilder("web").startSpan();
        try (Scope scope = web.makeCurrent()) {
            sales.append("s1", new Paid("a"));
        }
        web.end();
        assertThat(landscape.awaitQuiet(SOON)).isEmpty();

        assertBelow("append checkout.sale", "web");
        assertBelow("handle checkout.sale", "append checkout.sale");
        assertBelow("ask payment.rate", "handle checkout.sale");
        assertBelow("answer payment.rate", "ask payment.rate");
        assertBelow("tell payment.charge", "handle checkout.sale");
        assertBelow("handle payment.charge", "tell payment.charge");
        assertBelow("packing", "handle checkout.sale");
        assertBelow("put shipping.parcel", "packing");

        assertThat(span("append checkout.sale").getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(span("handle checkout.sale").getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span("ask payment.rate").getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span("answer payment.rate").getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span("handle checkout.sale").getAttributes().asMap())
                .containsEntry(Names.SYSTEM, "fairlead")
                .containsEntry(Names.DESTINATION, "checkout.sale")
                .containsEntry(Names.OPERATION, "handle")
                .containsEntry(Names.SERVICE, "shipping")
                .containsEntry(Names.GROUP, "send");
    }

    @Test
    void theIdsInTheRecordAreThoseOfTheSpan() throws Exception {
        Queue<Origin> read = new ConcurrentLinkedQueue<>();
        Events<String, Sale> sales = landscape.open("checkout").events(SALES);
        landscape.watchWith(FairleadTelemetry.of(OpenTelemetry.noop(), new SimpleMeterRegistry()));
        landscape
                .open("audit")
                .events(SALES)
                .follow("keep", Handler.effect(paid -> read.add(Origin.current().orElseThrow())));

        Origin.of(OUTSIDE).run(() -> sales.append("s1", new Paid("a")));
        landscape.awaitQuiet(SOON);

        SpanData append = span("append checkout.sale");
        assertThat(append.getTraceId()).isEqualTo(TRACE);
        assertThat(append.getParentSpanId()).isEqualTo(OUTSIDE.spanId());
        assertThat(read).hasSize(1);
        assertThat(read.element().trace().traceparent()).isEqualTo("00-" + TRACE + "-" + append.getSpanId() + "-01");
    }

    @Test
    void insideAHandlerTheOriginIsItsSpan() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        Events<String, Sale> sales = landscape.open("checkout").events(SALES);
        landscape.open("audit").events(SALES).follow("keep", Handler.effect(paid -> {
            seen.add(Origin.current().orElseThrow().trace().spanId());
            seen.add(Span.current().getSpanContext().getSpanId());
        }));

        sales.append("s1", new Paid("a"));
        landscape.awaitQuiet(SOON);

        String handled = span("handle checkout.sale").getSpanId();
        assertThat(seen).containsExactly(handled, handled);
        assertThat(span("append checkout.sale").getParentSpanContext().isValid())
                .isFalse();
    }

    @Test
    void aChangeHasASpanOnlyWithinATrace() {
        Owner<String, Parcel> parcels = landscape.open("shipping").own(PARCELS);
        parcels.put(new Parcel("s1", "a"));
        assertThat(exporter.getFinishedSpanItems()).isEmpty();

        Origin.of(OUTSIDE).run(() -> parcels.put(new Parcel("s2", "a")));

        assertThat(span("put shipping.parcel").getTraceId()).isEqualTo(TRACE);
    }

    @Test
    void aFailureShowsInTheSpanAndEachAttemptHasOne() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Events<String, Sale> sales = landscape.open("checkout").events(SALES);
        landscape.open("audit").events(SALES).follow("keep", Handler.effect(paid -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("the archive is away");
            }
        }));
        sales.append("s1", new Paid("a"));
        landscape.awaitQuiet(SOON);
        landscape.advance(Duration.ofMinutes(1));
        assertThat(landscape.awaitQuiet(SOON)).isEmpty();

        List<SpanData> handled = exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals("handle checkout.sale"))
                .toList();
        assertThat(handled)
                .extracting(span -> span.getStatus().getStatusCode())
                .containsExactly(StatusCode.ERROR, StatusCode.UNSET);
        assertThat(handled.getFirst().getAttributes().get(Names.ERROR_TYPE)).isEqualTo("thrown");
        assertThat(handled.getFirst().getStatus().getDescription()).isEqualTo("thrown");
    }

    @Test
    void aRefusalIsNamedOnBothSides() {
        landscape.open("payment").answer(RATE, (question, asked) -> {
            throw new RequestRefused("unknown-sku", "no such sku");
        });
        Fairlead shipping = landscape.open("shipping");

        assertThatThrownBy(() -> shipping.ask(RATE, new Rate("a"))).isInstanceOf(FairleadException.class);
        landscape.awaitQuiet(SOON);

        assertThat(span("ask payment.rate").getAttributes().get(Names.ERROR_TYPE))
                .isEqualTo("refused");
        assertThat(span("answer payment.rate").getAttributes().get(Names.ERROR_TYPE))
                .isEqualTo("refused");
    }

    @Test
    void withoutAnSdkATraceGoesOnAsWithoutTelemetry() {
        Queue<Trace> read = new ConcurrentLinkedQueue<>();
        landscape.watchWith(FairleadTelemetry.of(OpenTelemetry.noop(), new SimpleMeterRegistry()));
        Events<String, Sale> sales = landscape.open("checkout").events(SALES);
        landscape
                .open("audit")
                .events(SALES)
                .follow(
                        "keep",
                        Handler.effect(
                                paid -> read.add(Origin.current().orElseThrow().trace())));

        Origin.of(OUTSIDE).run(() -> sales.append("s1", new Paid("a")));
        landscape.awaitQuiet(SOON);

        assertThat(read).hasSize(1);
        assertThat(read.element().id()).isEqualTo(TRACE);
        assertThat(read.element().span()).isNotEqualTo(OUTSIDE.span());
    }
}
