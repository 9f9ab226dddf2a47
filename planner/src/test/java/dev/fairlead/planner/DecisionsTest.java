package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionsTest {
    private static final String OWNER = """
            service: a
            shares:
              state: { kind: state, key: id, fields: { id: string }, keys: 10, size: 300B, changes: rarely }
              event: { kind: event, key: id, events: { E: { id: string } } }
              ask: { kind: request, question: { }, answer: { } }
            """;

    @TempDir
    private Path folder;

    private PlanFolder needing(String needs) {
        return new PlanFolder(folder).with("a.yaml", OWNER).with("b.yaml", "service: b\nneeds:\n" + needs.indent(2));
    }

    @Test
    void decidesByTheKindOfTheItem() {
        Decisions decisions = Decisions.decide(
                needing("a.state: { }\na.event: { }\na.ask: { }").plan());

        assertThat(decisions.list())
                .extracting(Decision::scenario)
                .containsExactly(Scenario.FEED, Scenario.EVENTS, Scenario.REQUEST);
        assertThat(decisions.list()).extracting(Decision::mechanism).containsOnly("embedded");
        assertThat(decisions
                        .of(ItemId.of("a.event"), "b")
                        .orElseThrow()
                        .grounds()
                        .gate())
                .isEqualTo(Gate.G4);
    }

    @Test
    void offersTheEmbeddedMechanismWhenThereIsNoLandscape() {
        Plan plan = needing("a.state: { }").plan();

        assertThat(plan.landscape().file()).isNull();
        assertThat(plan.landscape().mechanisms())
                .extracting(MechanismSettings::name)
                .containsExactly("embedded");
    }

    @Test
    void takesTheOnlyMechanismThereIs() {
        Plan plan = needing("a.state: { }")
                .with("landscape.yaml", "mechanisms: { sql: { } }\n")
                .plan();

        assertThat(Decisions.decide(plan).list())
                .extracting(Decision::mechanism)
                .containsExactly("sql");
    }

    @Test
    void saysWhatIsMissingWhereNoMechanismFits() {
        assertThat(missing("mechanisms: { activemq: { url: x } }\n", "a.state: { }"))
                .containsExactly(
                        "b.yaml:3:3: no mechanism fits `a.state` as feed: activemq cannot be read again, nor keep"
                                + " the order of a key (offer one of embedded, kafka, sql, redis, http)");
        assertThat(missing("mechanisms: { kafka: { url: x } }\n", "a.state: { within: 0s }"))
                .as("a feed is no answer to a need of the current value")
                .containsExactly("b.yaml:3:3: no mechanism fits `a.state` as request: kafka cannot look up a key"
                        + " (offer one of embedded, sql, redis, http)");
        assertThat(missing("mechanisms: { }\n", "a.event: { }"))
                .containsExactly(
                        "b.yaml:3:3: no mechanism fits `a.event` as events: the landscape offers none (offer one"
                                + " of embedded, kafka, rabbitmq, sql, redis, http)");
        assertThat(missing("mechanisms: { sql: { url: x } }\n", "a.state: { mechanism: kafka, because: x }"))
                .containsExactly(
                        "b.yaml:3:25: the landscape does not offer the pinned mechanism `kafka` (it offers sql;"
                                + " add it there, or pin another)");
    }

    private List<String> missing(String landscape, String need) {
        return Decisions.decide(needing(need).with("landscape.yaml", landscape).plan()).findings().stream()
                .filter(finding -> finding.rule() == Rule.NO_FITTING_MECHANISM)
                .map(finding -> finding.line().replace(SourceFiles.shown(folder) + "/", ""))
                .toList();
    }

    @Test
    void followsAPinAndGivesItsReason() {
        Plan plan = needing("a.state: { mechanism: sql, because: we have one }")
                .with("landscape.yaml", "mechanisms: { embedded: { }, sql: { } }\n")
                .plan();

        Decision decision = Decisions.decide(plan).list().get(0);
        assertThat(decision.mechanism()).isEqualTo("sql");
        assertThat(decision.grounds().reasons()).contains("pinned to sql: we have one");
    }

    @Test
    void marksWhatItHadToAssume() {
        Decision decision = Decisions.decide(
                        needing("a.state: { reads: 3k..5k/s }").plan())
                .list()
                .get(0);

        assertThat(decision.assumptions())
                .contains(
                        new Assumption("changes", "0.0000116/s", "the word rarely"),
                        new Assumption("reads", "4000", "middle of 3k..5k/s"),
                        new Assumption("within", "60s", "default"),
                        new Assumption("instances", "1", "default"),
                        new Assumption("hot", "100%", "default"),
                        new Assumption("per-request", "1", "default"))
                .extracting(Assumption::input)
                .doesNotContain("keys", "size");
    }

    @Test
    void judgesFreshnessAndBudgetsAndUnusedItems() {
        String landscape = "budgets: { copyMemory: 1KB, bootstrap: 1us }\n";
        Decisions decisions = Decisions.decide(needing("a.state: { within: 0s, scenario: feed, because: of the test }")
                .with("landscape.yaml", landscape)
                .plan());

        assertThat(decisions.findings())
                .extracting(finding ->
                        finding.rule().id() + " " + finding.severity().word())
                .containsExactly(
                        "unused-item note",
                        "unused-item note",
                        "freshness-unmet warning",
                        "copy-over-budget warning",
                        "copy-over-budget warning");
        assertThat(Decisions.decide(needing("a.state: { }").plan()).findings())
                .extracting(Finding::rule)
                .contains(Rule.FRESHNESS_UNLIMITED);
    }

    @Test
    void offersALandscapeInsteadOfTheOneInTheFirstFolder() {
        PlanFolder plan = needing("a.state: { }")
                .with("landscape.yaml", "mechanisms: { sql: { } }\n")
                .with("production.yaml", "mechanisms: { kafka: { url: \"kafka:9092\" } }\n");

        Path production = folder.resolve("production.yaml");
        PlanResult result = PlanReader.read(List.of(plan.path()), production);
        assertThat(result.findings()).isEmpty();
        assertThat(Objects.requireNonNull(result.plan()).landscape().file()).isEqualTo(SourceFiles.shown(production));
        assertThat(PlanReader.read(List.of(plan.path()), folder.resolve("none.yaml"))
                        .findings())
                .extracting(Finding::rule)
                .contains(Rule.UNREADABLE);
    }

    @Test
    void takesALandscapeOnlyFromTheFirstFolder() {
        PlanFolder plan = needing("a.state: { }").with("other/landscape.yaml", "mechanisms: { sql: { } }\n");

        assertThat(plan.lines())
                .containsExactly(
                        "other/landscape.yaml:1:1: this is a landscape and not a service (put it into the first"
                                + " folder as landscape.yaml, or name it with --landscape)");
    }

    @Test
    void refusesMistakesInALandscape() {
        PlanFolder plan = needing("a.state: { }").with("landscape.yaml", """
                        mechanisms:
                          embeded: { }
                          embedded: { url: x, durability: D3 }
                          kafka: { replicas: many }
                        budgets: { copyMemory: 1 }
                        cost: { push: 1 }
                        """);

        assertThat(plan.lines())
                .containsExactly(
                        "landscape.yaml:2:3: unknown mechanism `embeded` (did you mean `embedded`?)",
                        "landscape.yaml:3:15: unknown key `url` in mechanism `embedded` (known here: data, durability, carries)",
                        "landscape.yaml:3:35: `durability` cannot be `D3` (use one of D0, D1, D2)",
                        "landscape.yaml:4:22: `replicas`: `many` is not a count (write for example 4372, 3k or 2"
                                + " million)",
                        "landscape.yaml:5:24: `copyMemory`: `1` has no unit (write for example 300B, 1.2KB or 1GB)",
                        "landscape.yaml:6:1: unknown key `cost` in the landscape (did you mean `costs`?)");
    }
}
