package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A landscape may keep a mechanism for some kinds of items, and for single ones. */
class CarriedTest {
    private static final String OWNER = """
            service: a
            shares:
              state: { kind: state, key: id, fields: { id: string }, keys: 10, size: 300B, changes: rarely }
              price: { kind: state, key: id, fields: { id: string }, keys: 10, size: 300B, changes: rarely }
              event: { kind: event, key: id, events: { E: { id: string } } }
              ask: { kind: request, question: { }, answer: { } }
              tell: { kind: request, delivery: guaranteed, question: { } }
            """;
    private static final String READER = """
            service: b
            needs:
              a.state: { }
              a.price: { }
              a.event: { }
              a.ask: { }
              a.tell: { }
            """;

    @TempDir
    private Path folder;

    private PlanFolder offering(String landscape) {
        return new PlanFolder(folder)
                .with("a.yaml", OWNER)
                .with("b.yaml", READER)
                .with("landscape.yaml", landscape);
    }

    private static String carrier(Decisions decisions, String item) {
        return decisions.of(ItemId.of(item), "b").orElseThrow().mechanism();
    }

    @Test
    void eachKindGoesWhereTheLandscapeKeepsItAndOneItemElsewhere() {
        Decisions decisions = Decisions.decide(offering("""
                mechanisms:
                  redis: { url: r, carries: [ a.price ] }
                  kafka: { url: k, carries: [ state ] }
                  rabbitmq: { url: m, carries: [ request ] }
                  activemq: { url: q, carries: [ tell ] }
                  sql: { url: "jdbc:postgresql://db/x", carries: [ event ] }
                """).plan());

        assertThat(decisions.findings()).extracting(Finding::rule).doesNotContain(Rule.NO_FITTING_MECHANISM);
        assertThat(List.of("a.state", "a.price", "a.event", "a.ask", "a.tell"))
                .extracting(item -> carrier(decisions, item))
                .containsExactly("kafka", "redis", "sql", "rabbitmq", "activemq");
    }

    @Test
    void stateGoesOverTopicsWhereItsOwnerHasAStore() {
        Decisions decisions = Decisions.decide(offering("""
                mechanisms:
                  activemq: { url: q }
                  embedded: { carries: [ event ] }
                """).plan());

        assertThat(decisions.findings()).extracting(Finding::rule).doesNotContain(Rule.NO_FITTING_MECHANISM);
        assertThat(List.of("a.state", "a.ask", "a.tell", "a.event"))
                .extracting(item -> carrier(decisions, item))
                .containsExactly("activemq", "activemq", "activemq", "embedded");
    }

    @Test
    void whatNothingIsKeptForIsSaid() {
        Decisions decisions =
                Decisions.decide(offering("mechanisms:\n  embedded: { carries: [ state, event, request ] }\n")
                        .plan());

        assertThat(decisions.findings())
                .filteredOn(finding -> finding.rule() == Rule.NO_FITTING_MECHANISM)
                .singleElement()
                .extracting(Finding::line)
                .asString()
                .contains("a.tell", "embedded is kept for other things", "`carries`");
    }

    @Test
    void aWordThatIsNoKindAndNoItemIsRefused() {
        PlanFolder plan = offering("mechanisms:\n  embedded: { carries: [ states ] }\n");

        assertThat(PlanReader.read(List.of(folder), null).findings())
                .singleElement()
                .extracting(Finding::line)
                .asString()
                .contains("landscape.yaml:2:26", "`states`", "state, event, request, tell");
        assertThat(plan).isNotNull();
    }

    @Test
    void whatIsKeptForSomeIsNoSettingOfTheMechanism() {
        Plan plan = offering("mechanisms:\n  kafka: { url: k, carries: [ state ] }\n  embedded: { }\n")
                .plan();

        assertThat(plan.landscape().mechanism("kafka").orElseThrow().settings()).containsOnlyKeys("url");
    }
}
