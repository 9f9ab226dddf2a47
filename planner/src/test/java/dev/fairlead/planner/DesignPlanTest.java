package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fairlead.api.Durability;
import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the landscape that the design is explained with. */
public class DesignPlanTest {
    static final String PROFILE = """
            service: profile
            team: accounts
            context: customers              # bounded context
            availability: 99.95%
            instances: 2
            shares:
              profile:
                kind: state                 # state | event | request
                key: customerId
                fields:
                  customerId: string
                  name:       string
                  email:      { type: string, class: personal }
                  country:    string
                  status:     enum(active, suspended)
                reserved: [ login ]         # removed names that may never come back with another meaning
                keys: 4372                  # how many
                size: 300B                  # of one value
                changes: 5/min
                durability: D2
            """;
    static final String BILLING = """
            service: billing
            availability: 99.9%
            needs:
              profile.profile:
                uses: [ customerId, name, country ]   # exactly the fields it reads: breaks are judged against these
                reads: 400/s
                within: 5s                            # freshness
                when-stale: refuse                    # refuse | serve | ask-owner
                why: invoices carry the customer's name and VAT country
            """;
    static final String CHECKOUT = """
            service: checkout
            shares:
              sale:
                kind: event
                key: saleId
                events:                                  # a closed set: a sealed interface in Java
                  ItemAdded:     { sku: string, quantity: int32 }
                  CouponApplied: { code: string }
                  CardSubmitted: { amount: decimal(12,2), currency: enum(EUR, USD) }
                changes: 20/s
                retention: 90d
              quote:
                kind: request
                question: { sku: string, quantity: int32 }
                answer:   { amount: decimal(12,2), currency: enum(EUR, USD) }
                deadline: 300ms
                idempotent: true
              submit-card:
                kind: request
                delivery: guaranteed                     # one way, point to point: tell, not ask
                question: { saleId: string, amount: decimal(12,2) }
            needs:
              profile.profile:
                uses: [ customerId, status ]
                reads: 30/s
                within: 0s                               # must decide on the current value
                why: a suspended customer must not buy
                mechanism: http
                because: the profile team runs no broker
            """;
    static final String LANDSCAPE = """
            # landscape.yaml: what there is to choose from, and the limits
            mechanisms:
              embedded: { }
              kafka:    { url: "kafka:9092", replicas: 3 }
              sql:      { url: "jdbc:postgresql://db/shop" }
              http:     { }
            budgets:   { copyMemory: 1GB, bootstrap: 60s }
            calls:     { latencyP50: 2ms, latencyP99: 20ms, messageOverhead: 700B }
            costs:     { push: 1, pull: 3 }              # relative; measured ones replace them
            """;

    @TempDir
    private Path folder;

    private Plan plan;

    @BeforeEach
    void readThePlan() {
        plan = folder(folder).plan();
    }

    public static PlanFolder folder(Path folder) {
        return new PlanFolder(folder)
                .with("profile.yaml", PROFILE)
                .with("teams/billing.yaml", BILLING)
                .with("teams/checkout.yaml", CHECKOUT)
                .with("landscape.yaml", LANDSCAPE);
    }

    @Test
    void mergesTheServicesByName() {
        assertThat(plan.services()).extracting(ServicePlan::name).containsExactly("billing", "checkout", "profile");
        assertThat(plan.needsOf(ItemId.of("profile.profile")))
                .extracting(Need::reader)
                .containsExactly("billing", "checkout");
    }

    @Test
    void readsAStateItemWithItsFieldsInOrder() {
        Share share = plan.item(ItemId.of("profile.profile")).orElseThrow();
        Content.State state = (Content.State) share.content();

        assertThat(state.keyField()).isEqualTo(Field.of("customerId", FieldType.Scalar.STRING));
        assertThat(state.fields().names()).containsExactly("customerId", "name", "email", "country", "status");
        assertThat(state.fields().field("email").orElseThrow().dataClass()).isEqualTo(DataClass.PERSONAL);
        assertThat(state.fields().field("status").orElseThrow().type())
                .isEqualTo(new FieldType.Symbols(List.of("active", "suspended")));
        assertThat(share.volume().keys()).isEqualTo(Quantity.of(4372, "4372"));
        assertThat(share.volume().size()).isEqualTo(Quantity.of(300, "300B"));
        assertThat(share.volume().changes()).isEqualTo(Quantity.of(5.0 / 60, "5/min"));
        assertThat(share.terms().durability()).isEqualTo(Durability.D2);
        assertThat(share.terms().reserved()).containsExactly("login");
        assertThat(share.place()).isEqualTo(new Place(SourceFiles.shown(folder) + "/profile.yaml", 7, 3));
    }

    @Test
    void readsCommasInsideParenthesesAsPartOfTheType() {
        Content.Events sale = (Content.Events)
                plan.item(ItemId.of("checkout.sale")).orElseThrow().content();

        assertThat(sale.events().keySet()).containsExactly("ItemAdded", "CouponApplied", "CardSubmitted");
        assertThat(Objects.requireNonNull(sale.events().get("CardSubmitted")).list())
                .extracting(field -> field.type().text())
                .containsExactly("decimal(12,2)", "enum(EUR, USD)");
    }

    @Test
    void readsRequestsThatAreAskedAndToldOnes() {
        Content.Request quote = (Content.Request)
                plan.item(ItemId.of("checkout.quote")).orElseThrow().content();
        Content.Request submit = (Content.Request)
                plan.item(ItemId.of("checkout.submit-card")).orElseThrow().content();

        assertThat(quote.deadline()).isEqualTo(Duration.ofMillis(300));
        assertThat(quote.idempotent()).isTrue();
        assertThat(quote.delivery()).isEqualTo(Content.Delivery.ASKED);
        assertThat(submit.delivery()).isEqualTo(Content.Delivery.GUARANTEED);
        assertThat(submit.answer()).isNull();
    }

    @Test
    void readsANeedWithItsPin() {
        Need need = plan.service("checkout").orElseThrow().needs().get(0);

        assertThat(need.within()).isEqualTo(Duration.ZERO);
        assertThat(plan.usedFields(need).names()).containsExactly("customerId", "status");
        assertThat(need.pin())
                .extracting("mechanism", "because")
                .containsExactly("http", "the profile team runs no broker");
    }

    @Test
    void readsTheLandscape() {
        assertThat(plan.landscape().mechanisms())
                .extracting(MechanismSettings::name)
                .containsExactly("embedded", "kafka", "sql", "http");
        assertThat(plan.landscape().mechanism("kafka").orElseThrow().setting("replicas"))
                .isEqualTo("3");
        assertThat(plan.landscape().budgets().bootstrap()).isEqualTo(Duration.ofMinutes(1));
        assertThat(plan.landscape().costs().pull()).isEqualTo(Quantity.of(3, "3"));
    }

    @Test
    void decidesOneReaderToCopyAndTheOtherToAsk() {
        Decisions decisions = Decisions.decide(plan);

        assertThat(decisions.list())
                .extracting(Decision::reader, Decision::scenario, Decision::mechanism)
                .containsExactly(tuple("billing", Scenario.FEED, "http"), tuple("checkout", Scenario.REQUEST, "http"));
    }
}
