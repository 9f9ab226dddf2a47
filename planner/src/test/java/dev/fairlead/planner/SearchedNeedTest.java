package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs that look values up by fields, where a mechanism on offer finds them so. */
class SearchedNeedTest {
    private static final String BOTH = "mechanisms: { embedded: { }, sql: { } }\n";

    @TempDir
    private Path folder;

    private PlanFolder plan(String landscape, String shelf, String need) {
        return new PlanFolder(folder)
                .with(
                        "a.yaml",
                        "service: a\nshares:\n  x: { kind: state, key: id, fields: { id: string, shelf: " + shelf
                                + " }, keys: 200k, size: 1200B, changes: 5/s }\n")
                .with("b.yaml", "service: b\nneeds:\n  a.x: { by: [ shelf ], " + need + " }\n")
                .with("landscape.yaml", landscape);
    }

    private static Decision only(PlanFolder plan) {
        return Decisions.decide(plan.plan()).list().get(0);
    }

    private static List<String> rules(PlanFolder plan) {
        return Decisions.decide(plan.plan()).findings().stream()
                .map(finding -> finding.rule().id())
                .toList();
    }

    @Test
    void whatCannotBeCopiedIsFoundWhereAMechanismFindsByFields() {
        PlanFolder plan = plan(BOTH + "budgets: { copyMemory: 100MB }\n", "string", "reads: 400/s, within: 30s");

        assertThat(only(plan).scenario()).isEqualTo(Scenario.REQUEST);
        assertThat(only(plan).mechanism()).isEqualTo("sql");
        assertThat(only(plan).grounds().reasons())
                .anyMatch(
                        reason -> reason.startsWith("it looks values up by `shelf` and not by the key alone, which the"
                                + " owner's table on sql finds, and a copy takes"));
        assertThat(rules(plan)).doesNotContain("query-too-wide");
    }

    @Test
    void aCopyStaysTheChoiceWhereTheOwnerCouldBeSearchedToo() {
        Decision decision = only(plan(BOTH, "string", "reads: 0.5/s, within: 30s"));

        assertThat(decision.scenario()).isEqualTo(Scenario.FEED);
        assertThat(decision.mechanism()).isEqualTo("embedded");
        assertThat(decision.grounds().reasons())
                .contains(
                        "it looks values up by `shelf` and not by the key alone, and a copy is searched without asking");
        assertThat(decision.grounds().rejected().get(0).why())
                .isEqualTo("what a search at the owner costs is not known (pin scenario: request to have it so)");
    }

    @Test
    void aReaderThatMustHaveTheCurrentValueIsToldWhereItFindsIt() {
        PlanFolder plan = plan(BOTH, "string", "reads: 1/s, within: 0s");

        assertThat(only(plan).mechanism()).isEqualTo("sql");
        assertThat(only(plan).grounds().reasons())
                .contains(
                        "what it looks up by fields is found in the owner's table on sql",
                        "sql can do it, and finds values by fields");
        assertThat(only(plan).grounds().rejected())
                .contains(new Decision.Rejected(Scenario.REQUEST, "embedded", "finds a value by its key only"));
        assertThat(rules(plan)).doesNotContain("query-too-wide");
    }

    @Test
    void allReadersOfTheItemGoWithTheOneThatSearches() {
        PlanFolder plan = plan(BOTH, "string", "reads: 1/s, within: 0s")
                .with("c.yaml", "service: c\nneeds:\n  a.x: { reads: 1/s, within: 0s }\n")
                .with("d.yaml", "service: d\nneeds:\n  a.x: { reads: 400/s, within: 30s }\n");

        assertThat(Decisions.decide(plan.plan()).list())
                .hasSize(3)
                .allSatisfy(decision -> assertThat(decision.mechanism()).isEqualTo("sql"));
    }

    @Test
    void aPinToAskIsAnsweredWhereItCanBe() {
        PlanFolder plan = plan(BOTH, "string", "within: 30s, scenario: request, because: few look");

        assertThat(only(plan).mechanism()).isEqualTo("sql");
        assertThat(rules(plan)).doesNotContain("query-too-wide");
    }

    @Test
    void aListIsFoundNowhere() {
        assertThat(rules(plan(BOTH, "list(string)", "reads: 1/s, within: 0s"))).contains("query-too-wide");
    }

    @Test
    void aMechanismThatFindsByKeyOnlyIsTooNarrow() {
        PlanFolder plan = plan("mechanisms: { embedded: { } }\n", "string", "reads: 1/s, within: 0s");

        assertThat(rules(plan)).contains("query-too-wide");
    }
}
