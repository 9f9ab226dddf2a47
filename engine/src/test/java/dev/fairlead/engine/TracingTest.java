package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Cause;
import dev.fairlead.api.Copy;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Position;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.Trace;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One sale runs through an event, a question, a change of state and another event, in four services. */
class TracingTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Trace WEB = Trace.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    record Parcel(String saleId, int grams) {}

    record Weigh(String sku) {}

    record Weight(int grams) {}

    sealed interface Sale {}

    record Paid(String sku) implements Sale {}

    private static final EventItem<String, Sale> SALES = EventItem.of("checkout.sale", String.class, Sale.class);
    private static final StateItem<String, Parcel> PARCELS =
            StateItem.of("shipping.parcel", String.class, Parcel.class);
    private static final RequestItem<Weigh, Weight> WEIGHT =
            RequestItem.of("catalog.weight", Weigh.class, Weight.class);

    @TempDir
    Path folder;

    private final Map<String, Origin> origins = new ConcurrentHashMap<>();
    private Fairlead checkout;
    private Fairlead shipping;
    private Fairlead catalog;
    private Fairlead storefront;

    @BeforeEach
    void openAll() {
        PlanFolder.write(folder, "checkout.yaml", """
                service: checkout
                shares:
                  sale: { kind: event, key: saleId, events: { Paid: { sku: string } } }
                """);
        PlanFolder.write(folder, "shipping.yaml", """
                service: shipping
                shares:
                  parcel: { kind: state, key: saleId, fields: { saleId: string, grams: int32 } }
                needs:
                  checkout.sale: { why: what is paid is sent }
                  catalog.weight: { why: a parcel has a weight }
                """);
        PlanFolder.write(folder, "catalog.yaml", """
                service: catalog
                shares:
                  weight:
                    kind: request
                    question: { sku: string }
                    answer: { grams: int32 }
                    deadline: 20s
                """);
        PlanFolder.write(folder, "storefront.yaml", """
                service: storefront
                needs:
                  shipping.parcel: { why: customers ask where it is, within: 5s }
                """);
        PlanFolder.write(folder, "landscape.yaml", "mechanisms:\n  embedded: { data: data, durability: D1 }\n");
        checkout = open("checkout");
        shipping = open("shipping");
        catalog = open("catalog");
        storefront = open("storefront");
    }

    private Fairlead open(String service) {
        return Opening.of(service, folder).time(TimeSource.SYSTEM).open();
    }

    @AfterEach
    void closeAll() {
        List.of(storefront, catalog, shipping, checkout).forEach(Fairlead::close);
    }

    private void note(String where) {
        origins.put(where, Origin.current().orElseThrow());
    }

    private Origin origin(String where) {
        return Objects.requireNonNull(origins.get(where), where);
    }

    private Receipt sell() {
        Owner<String, Parcel> parcels = shipping.own(PARCELS);
        catalog.answer(WEIGHT, (question, asked) -> {
            note("answer " + asked.key());
            return new Weight(250);
        });
        Copy<String, Parcel> copy = storefront.copy(PARCELS);
        copy.listen(change -> note("listener"));
        shipping.events(SALES).follow("parcels", Handler.effect(happened -> {
            note("handler");
            Weight weight = shipping.ask(WEIGHT, new Weigh("85123A"));
            parcels.put(new Parcel(happened.key(), weight.grams()));
            note("handler, still");
        }));
        Receipt[] paid = new Receipt[1];
        Origin.of(WEB).run(() -> paid[0] = checkout.events(SALES).append("536365", new Paid("85123A")));
        await().atMost(SOON).until(() -> origins.containsKey("listener"));
        await().atMost(SOON).until(() -> origins.containsKey("handler, still"));
        return paid[0];
    }

    @Test
    void theTraceOfAWebRequestReachesEveryServiceAndEachKnowsItsCause() {
        Receipt paid = sell();

        assertThat(origins.values())
                .allSatisfy(origin -> assertThat(origin.trace().id()).isEqualTo(WEB.id()))
                .allSatisfy(origin -> assertThat(origin.trace().sampled()).isTrue())
                .allSatisfy(origin -> assertThat(origin.trace().span()).isNotEqualTo(WEB.span()));
        Optional<Cause> sale = Optional.of(new Cause.Written("checkout.sale", paid.position()));
        assertThat(origin("handler").cause()).isEqualTo(sale);
        assertThat(origins.get("handler, still")).isEqualTo(origins.get("handler"));
        assertThat(origin("listener").cause()).contains(new Cause.Written("shipping.parcel", new Position(0, 0)));
        String answer = origins.keySet().stream()
                .filter(where -> where.startsWith("answer "))
                .findFirst()
                .orElseThrow();
        assertThat(origin(answer).cause().orElseThrow())
                .hasToString("catalog.weight?" + answer.substring("answer ".length()));
        assertThat(Origin.current()).isEmpty();
    }

    @Test
    void aValueIsTracedBackThroughTheRecordsThatMadeIt() {
        Receipt paid = sell();

        try (Provenance provenance = Provenance.open(List.of(folder), null)) {
            Provenance.Account account =
                    provenance.of("shipping.parcel", "536365").orElseThrow();
            assertThat(account.owner()).isEqualTo("shipping");
            assertThat(account.begun()).isEmpty();
            assertThat(account.steps())
                    .extracting(Step::item, Step::key, Step::what, Step::version)
                    .containsExactly(
                            tuple("shipping.parcel", "536365", "changed", 1L),
                            tuple("checkout.sale", "536365", "Paid", 1L));
            assertThat(account.steps().get(1).position()).isEqualTo(paid.position());
            assertThat(account.steps().get(0).time())
                    .isAfterOrEqualTo(account.steps().get(1).time());
            assertThat(account.steps())
                    .allSatisfy(step ->
                            assertThat(step.origin().orElseThrow().trace().id()).isEqualTo(WEB.id()));

            assertThat(provenance.of("checkout.sale", "536365").orElseThrow().steps())
                    .hasSize(1);
            assertThat(provenance.of("shipping.parcel", "nobody's")).isEmpty();
            assertThatThrownBy(() -> provenance.of("catalog.weight", "1")).hasMessageContaining("is a request");
            assertThatThrownBy(() -> provenance.of("catalog.price", "1")).hasMessageContaining("no item catalog.price");
            assertThatThrownBy(() -> provenance.of("nonsense", "1")).hasMessageContaining("no item nonsense");
        }
    }

    @Test
    void whatAnAnswerWritesNamesTheQuestion() {
        Owner<String, Parcel> parcels = shipping.own(PARCELS);
        parcels.put(new Parcel("untraced", 1));
        catalog.answer(WEIGHT, (question, asked) -> {
            parcels.put(new Parcel("asked", 2));
            return new Weight(1);
        });
        shipping.ask(WEIGHT, new Weigh("x"));

        try (Provenance provenance = Provenance.open(List.of(folder), null)) {
            assertThat(provenance
                            .of("shipping.parcel", "untraced")
                            .orElseThrow()
                            .steps())
                    .singleElement()
                    .satisfies(step -> assertThat(step.origin()).isEmpty());
            assertThat(provenance.of("shipping.parcel", "asked").orElseThrow().begun())
                    .get()
                    .asString()
                    .startsWith("catalog.weight?");
        }
    }
}
