package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts: the gates in their order, the cost where none decides, and the false verdicts that others give. */
class DeciderTest {
    private static final String CATALOGUE = "keys: 200k, size: 1200B, changes: 5/s";
    private static final String VEHICLES = "keys: 50k, size: 150B, changes: 10k/s";
    private static final String LIMITS = "keys: 5 million, size: 300B, changes: 20/s";

    @TempDir
    private Path folder;

    private PlanFolder plan(String volume, String reader, String need) {
        return plan(volume, "", reader, need);
    }

    private PlanFolder plan(String volume, String fields, String reader, String need) {
        return new PlanFolder(folder)
                .with(
                        "a.yaml",
                        "service: a\nshares:\n  x: { kind: state, key: id, fields: { id: string" + fields + " }, "
                                + volume + " }\n")
                .with("b.yaml", "service: b\n" + reader + "needs:\n  a.x: { " + need + " }\n")
                .with("landscape.yaml", "mechanisms: { embedded: { } }\n");
    }

    private static Decision only(PlanFolder plan) {
        return Decisions.decide(plan.plan()).list().get(0);
    }

    private static double flip(Decision decision, String input) {
        return decision.grounds().flips().stream()
                .filter(flip -> flip.input().equals(input))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        input + " is not in " + decision.grounds().flips()))
                .at();
    }

    private static List<String> rules(PlanFolder plan) {
        return Decisions.decide(plan.plan()).findings().stream()
                .map(finding -> finding.rule().id() + " " + finding.severity().word())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    keys: 300, size: 400B, changes: 0.0005/s | instances: 6  | reads: 200/s, within: 3600s, per-request: 2 | FEED
                    keys: 200k, size: 1200B, changes: 5/s    | instances: 6  | reads: 400/s, within: 30s, hot: 20%, per-request: 8 | FEED
                    keys: 200k, size: 1200B, changes: 5/s    | instances: 20 | reads: 3000/s, within: 30s, hot: 20%, per-request: 30 | FEED
                    keys: 200k, size: 1200B, changes: 5/s    | instances: 1  | reads: 0.5/s, within: 30s, hot: 1% | REQUEST
                    keys: 50k, size: 150B, changes: 10k/s    | instances: 4  | reads: 300/s, within: 5s, hot: 10%, per-request: 20 | REQUEST
                    keys: 50k, size: 150B, changes: 10k/s    | instances: 4  | reads: 300/s, within: 5s, hot: 10%, conflate: 5s | REQUEST
                    keys: 50k, size: 150B, changes: 10k/s    | instances: 2  | reads: 1/s, within: 5s, hot: 1% | REQUEST
                    keys: 5 million, size: 300B, changes: 20/s | instances: 6 | reads: 150/s, within: 0s, hot: 5% | REQUEST
                    """)
    void decidesAsWasWorkedOutByHand(String volume, String instances, String need, Scenario scenario) {
        assertThat(only(plan(volume, instances + "\n", need)).scenario()).isEqualTo(scenario);
    }

    @Test
    void twoReadersOfOneItemMayBeAnsweredDifferently() {
        PlanFolder plan = plan(CATALOGUE, "instances: 6\n", "reads: 400/s, within: 30s, hot: 20%")
                .with("c.yaml", "service: c\nneeds:\n  a.x: { reads: 0.5/s, within: 30s, hot: 1% }\n");

        assertThat(Decisions.decide(plan.plan()).list())
                .extracting(Decision::scenario)
                .containsExactly(Scenario.FEED, Scenario.REQUEST);
    }

    @Test
    void theWebShopFlipsWhereItWasWorkedOut() {
        Decision web = only(plan(CATALOGUE, "instances: 20\n", "reads: 3000/s, within: 30s, hot: 20%")
                .with("landscape.yaml", "mechanisms: { embedded: { } }\nbudgets: { copyMemory: 1GB }\n"));

        assertThat(web.grounds().flips()).hasSize(3).allMatch(flip -> flip.to() == Scenario.REQUEST);
        assertThat(flip(web, "budgets.copyMemory")).isEqualTo(616e6);
        assertThat(flip(web, "keys")).isCloseTo(1e9 / 3080, Offset.offset(1e-3));
        assertThat(web.confidence()).isEqualTo(Decision.Confidence.HIGH);

        Decision free = only(plan(CATALOGUE, "instances: 20\n", "reads: 3000/s, within: 30s, hot: 20%"));
        assertThat(flip(free, "changes")).isCloseTo(138.5, Offset.offset(0.05));
        assertThat(flip(free, "instances")).isCloseTo(553.8, Offset.offset(0.05));
    }

    @Test
    void theAdministratorsPageFlipsWhereItWasWorkedOut() {
        Decision admin = only(plan(CATALOGUE, "", "reads: 0.5/s, within: 30s, hot: 1%"));

        assertThat(flip(admin, "changes")).isCloseTo(1.5, Offset.offset(0.05));
        assertThat(admin.grounds().flips()).allMatch(flip -> flip.to() == Scenario.FEED);
        assertThat(admin.grounds().flips()).noneMatch(flip -> flip.input().equals("within"));
        assertThat(admin.grounds().rejected().get(0).why()).isEqualTo("pushing costs 5: 3.36 times as much");
    }

    @Test
    void theNearestFlipComesFirst() {
        Decision web = only(plan(CATALOGUE, "instances: 20\n", "reads: 3000/s, within: 30s, hot: 20%"));

        assertThat(web.grounds().flips())
                .extracting(flip -> Math.abs(Math.log(flip.at() / flip.now())))
                .isSorted();
    }

    @Test
    void cheapCopiesNeverOverrideTheNeedOfACurrentValue() {
        Decision decision = only(plan(LIMITS, "instances: 6\n", "reads: 150/s, within: 0s, hot: 5%"));

        assertThat(decision.grounds().gate()).isEqualTo(Gate.G2);
        assertThat(decision.scenario()).isEqualTo(Scenario.REQUEST);
        assertThat(decision.grounds().reasons())
                .anyMatch(reason -> reason.startsWith("by cost alone it would be feed: pushing 20 changes/s"));
        assertThat(decision.grounds().flips()).containsExactly(new Decision.Flip("within", 0, 0, Scenario.FEED));
        assertThat(decision.confidence()).isEqualTo(Decision.Confidence.HIGH);
    }

    @Test
    void whatIsSearchedNeedsACopyWhateverAskingCosts() {
        PlanFolder plan = plan(CATALOGUE, ", shelf: string", "", "by: [ shelf ], reads: 0.5/s, within: 30s");
        Decision decision = only(plan);

        assertThat(decision.scenario()).isEqualTo(Scenario.FEED);
        assertThat(decision.grounds().gate()).isEqualTo(Gate.G8);
        assertThat(decision.grounds().reasons())
                .contains("it looks values up by `shelf` and not by the key alone, and only a copy can be searched");
        assertThat(decision.grounds().rejected().get(0).why())
                .isEqualTo("the owner can be asked for a value by its key only");
        assertThat(decision.confidence()).isEqualTo(Decision.Confidence.HIGH);
        assertThat(rules(plan)).doesNotContain("query-too-wide warning");
        assertThat(only(plan(CATALOGUE, ", shelf: string", "", "reads: 0.5/s, within: 30s"))
                        .scenario())
                .isEqualTo(Scenario.REQUEST);
    }

    @Test
    void whatIsSearchedAndCannotBeCopiedIsTooWide() {
        String landscape = "mechanisms: { embedded: { } }\nbudgets: { copyMemory: 100MB }\n";
        PlanFolder plan = plan(CATALOGUE, ", shelf: string", "", "by: [ shelf ], reads: 400/s, within: 30s")
                .with("landscape.yaml", landscape);
        Decision decision = only(plan);

        assertThat(decision.scenario()).isEqualTo(Scenario.REQUEST);
        assertThat(decision.grounds().gate()).isEqualTo(Gate.G8);
        assertThat(flip(decision, "budgets.copyMemory")).isEqualTo(616e6);
        assertThat(rules(plan)).contains("query-too-wide warning");

        assertThat(rules(plan(
                                CATALOGUE,
                                ", shelf: string",
                                "",
                                "by: [ shelf ], within: 30s, direct: view, because: it cannot be copied")
                        .with("landscape.yaml", landscape)))
                .doesNotContain("query-too-wide warning");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    by: [ nothing ]                 | unknown-field
                    uses: [ id ], by: [ shelf ]     | unknown-field
                    by: shelf                       | bad-value
                    by: [ shelf, shelf ]            | bad-value
                    """)
    void aSearchNamesFieldsThatTheNeedUses(String need, String rule) {
        assertThat(plan(CATALOGUE, ", shelf: string", "", need).rules())
                .singleElement()
                .asString()
                .startsWith(rule);
    }

    @Test
    void onlyTheValuesOfAStateItemAreSearched() {
        PlanFolder plan = plan(CATALOGUE, "", "", "by: [ id ]")
                .with("a.yaml", "service: a\nshares:\n  x: { kind: request, question: { }, answer: { id: string } }\n");

        assertThat(plan.rules()).singleElement().asString().startsWith("misplaced-key");
    }

    @Test
    void aCopyThatDoesNotFitIsAskedFor() {
        PlanFolder plan = plan(LIMITS, "instances: 6\n", "reads: 150/s, within: 5s, hot: 5%")
                .with("landscape.yaml", "mechanisms: { embedded: { } }\nbudgets: { copyMemory: 1GB }\n");
        Decision decision = only(plan);

        assertThat(decision.scenario()).isEqualTo(Scenario.REQUEST);
        assertThat(decision.grounds().gate()).isEqualTo(Gate.G6);
        assertThat(decision.grounds().reasons())
                .contains("a copy takes 4.15 GB of memory in each instance, and the budget is 1GB");
        assertThat(flip(decision, "budgets.copyMemory")).isEqualTo(4.15e9);
        assertThat(flip(decision, "keys")).isCloseTo(1e9 / 830, Offset.offset(1e-3));
        assertThat(rules(plan)).doesNotContain("copy-over-budget warning");

        plan.with("landscape.yaml", "mechanisms: { embedded: { } }\nbudgets: { bootstrap: 10s }\n");
        assertThat(only(plan).grounds().reasons()).contains("a copy takes 42 s to load, and the budget is 10s");
    }

    @Test
    void aCopyThatDoesNotFitAndCannotBeAskedForIsOverBudget() {
        PlanFolder plan = plan(LIMITS, "", "reads: 150/s, within: 5s")
                .with("landscape.yaml", "mechanisms: { kafka: { url: x } }\nbudgets: { copyMemory: 1GB }\n");

        assertThat(only(plan).scenario()).isEqualTo(Scenario.FEED);
        assertThat(rules(plan)).contains("copy-over-budget warning");
        assertThat(only(plan).grounds().reasons()).contains("no mechanism on offer can do it as request");
    }

    @Test
    void aReaderThatServesOldValuesNeedsACopyOfThem() {
        Decision decision = only(plan(VEHICLES, "instances: 4\n", "reads: 300/s, within: 5s, when-stale: serve"));

        assertThat(decision.scenario()).isEqualTo(Scenario.FEED);
        assertThat(decision.grounds().gate()).isEqualTo(Gate.G7);
        assertThat(decision.grounds().rejected().get(0).why())
                .isEqualTo("while the owner is away there would be nothing to serve");
    }

    @Test
    void aPromiseThatAskingWouldBreakIsKeptByACopy() {
        PlanFolder plan = plan(CATALOGUE, "availability: 99.95%\n", "reads: 0.5/s, within: 30s, hot: 1%");
        Decision decision = only(plan);

        assertThat(decision.scenario()).isEqualTo(Scenario.FEED);
        assertThat(decision.grounds().gate()).isEqualTo(Gate.G7);
        assertThat(decision.grounds().reasons())
                .contains("it promises 99.95%, and those that it would ask reach 99.9% together: a copy does not wait"
                        + " for them");
        assertThat(decision.grounds().flips())
                .contains(new Decision.Flip("availability", .9995, .999, Scenario.REQUEST));
        assertThat(rules(plan)).doesNotContain("availability-below-target error", "availability-below-target warning");
    }

    @Test
    void aPromiseThatAskingKeepsIsNoReasonForACopy() {
        assertThat(only(plan(CATALOGUE, "availability: 99.9%\n", "reads: 0.5/s, within: 30s, hot: 1%"))
                        .scenario())
                .as("a service's own failures are left out")
                .isEqualTo(Scenario.REQUEST);
    }

    @Test
    void whatIsAboutPersonsGoesWhereItCanBeErased() {
        String email = ", email: { type: string, class: personal }";
        PlanFolder plan = plan(CATALOGUE, email, "clearance: personal\n", "reads: 400/s, within: 30s")
                .with("landscape.yaml", "mechanisms: { kafka: { url: x }, sql: { url: y } }\n");
        assertThat(only(plan).mechanism()).isEqualTo("sql");
        assertThat(only(plan).scenario()).isEqualTo(Scenario.FEED);

        plan.with("landscape.yaml", "mechanisms: { kafka: { url: x }, http: { } }\n");
        assertThat(only(plan).scenario()).isEqualTo(Scenario.FEED);
        assertThat(only(plan).mechanism()).isEqualTo("http");

        plan.with("landscape.yaml", "mechanisms: { kafka: { url: x } }\n");
        assertThat(only(plan).scenario()).isEqualTo(Scenario.FEED);
        assertThat(rules(plan)).contains("not-erasable warning");
    }

    @Test
    void aFieldThatTheReaderMayNotSeeStaysOutOfItsCopy() {
        String email = ", email: { type: string, class: personal }";
        PlanFolder plan = plan(CATALOGUE, email, "", "uses: [ id ], reads: 400/s, within: 30s")
                .with("landscape.yaml", "mechanisms: { kafka: { url: x }, http: { } }\n");

        assertThat(only(plan).scenario()).isEqualTo(Scenario.FEED);
        assertThat(only(plan).grounds().reasons())
                .contains("the copy leaves out email, which is above the reader's clearance (G5)");

        plan(
                        CATALOGUE,
                        email + ", phone: { type: string, class: personal }",
                        "",
                        "uses: [ id, email ], reads: 400/s, within: 30s")
                .with("landscape.yaml", "mechanisms: { sql: { url: y } }\n");
        assertThat(only(plan).grounds().reasons())
                .as("what it uses all the same is an error and no thing to leave out")
                .contains("the copy leaves out phone, which is above the reader's clearance (G5)");
    }

    @Test
    void eachEventMattersHoweverCheapAFeedWouldBe() {
        PlanFolder plan = new PlanFolder(folder)
                .with("a.yaml", "service: a\nshares:\n  e: { kind: event, key: id, events: { E: { id: string } } }\n")
                .with("b.yaml", "service: b\nneeds:\n  a.e: { }\n");

        assertThat(only(plan).scenario()).isEqualTo(Scenario.EVENTS);
        assertThat(only(plan).grounds().gate()).isEqualTo(Gate.G4);
        assertThat(only(plan).grounds().flips()).isEmpty();
        assertThat(only(plan).confidence()).isEqualTo(Decision.Confidence.HIGH);
    }

    @Test
    void aNarrowWinIsHeldWithLowConfidence() {
        assertThat(only(plan(CATALOGUE, "", "reads: 2/s, within: 30s, hot: 1%")).confidence())
                .isEqualTo(Decision.Confidence.LOW);
        assertThat(only(plan(CATALOGUE, "", "reads: 4/s, within: 30s, hot: 100%"))
                        .confidence())
                .isEqualTo(Decision.Confidence.HIGH);
    }

    @Test
    void aRangeWhoseEndsDisagreeIsHeldWithLowConfidence() {
        Decision split = only(plan(CATALOGUE, "", "reads: 0.1..400/s, within: 30s"));
        Decision agreed = only(plan(CATALOGUE, "", "reads: 100..400/s, within: 30s"));

        assertThat(split.confidence()).isEqualTo(Decision.Confidence.LOW);
        assertThat(split.cost().figures().get("margin")).isGreaterThan(2);
        assertThat(agreed.confidence()).isEqualTo(Decision.Confidence.HIGH);
    }

    @Test
    void aPinnedScenarioIsHonouredCostedAndCompared() {
        Decision decision = only(plan(
                VEHICLES,
                "instances: 4\n",
                "reads: 300/s, within: 5s, hot: 10%, scenario: feed, because: no call may stand in the way"));

        assertThat(decision.scenario()).isEqualTo(Scenario.FEED);
        assertThat(decision.confidence()).isEqualTo(Decision.Confidence.LOW);
        assertThat(decision.grounds().reasons())
                .contains(
                        "pinned to feed: no call may stand in the way",
                        "without the pin: request on embedded; asking 231 times/s costs 692, pushing 10000 changes/s to"
                                + " 4 instances costs 40000: 57.8 times as much");
        assertThat(decision.cost().figures()).containsKeys("pushCost", "pullCost", "margin");
    }

    @Test
    void aPinnedMechanismIsHonouredAndComparedAndTheOthersAreRejectedForIt() {
        Decision decision = only(plan(CATALOGUE, "", "reads: 400/s, within: 30s, mechanism: sql, because: we have one")
                .with("landscape.yaml", "mechanisms: { embedded: { }, sql: { url: x } }\n"));

        assertThat(decision.mechanism()).isEqualTo("sql");
        assertThat(decision.grounds().reasons())
                .contains("pinned to sql: we have one", "without the pin: feed on embedded");
        assertThat(decision.grounds().rejected())
                .contains(new Decision.Rejected(Scenario.FEED, "embedded", "the plan pins sql"));
    }

    @Test
    void aPinnedMechanismMayDecideTheScenario() {
        Decision decision =
                only(plan(CATALOGUE, "", "reads: 0.5/s, within: 30s, hot: 1%, mechanism: kafka, because: we have one")
                        .with("landscape.yaml", "mechanisms: { embedded: { }, kafka: { url: x } }\n"));

        assertThat(decision.scenario()).isEqualTo(Scenario.FEED);
        assertThat(decision.mechanism()).isEqualTo("kafka");
        assertThat(decision.grounds().reasons())
                .anyMatch(reason -> reason.startsWith("without the pin: request on embedded"));
    }

    @Test
    void pinsNeedAStateItemAndAReason() {
        assertThat(plan(CATALOGUE, "", "scenario: feed").rules()).containsExactly("pin-without-because 3:20");
        assertThat(plan(CATALOGUE, "", "scenario: events, because: x").rules()).containsExactly("bad-value 3:20");
        assertThat(plan(CATALOGUE, "", "scenario: push, because: x").rules()).containsExactly("bad-value 3:20");
        PlanFolder event = new PlanFolder(folder)
                .with("a.yaml", "service: a\nshares:\n  x: { kind: event, key: id, events: { E: { id: string } } }\n")
                .with("b.yaml", "service: b\nneeds:\n  a.x: { scenario: feed, because: x }\n");
        assertThat(event.rules()).containsExactly("misplaced-key 3:20");
    }

    @Test
    void anItemGoesWhereMostOfItsReadersCanBeServed() {
        PlanFolder plan = plan(CATALOGUE, "", "reads: 400/s, within: 30s")
                .with("c.yaml", "service: c\nneeds:\n  a.x: { reads: 400/s, within: 0s }\n")
                .with("landscape.yaml", "mechanisms: { kafka: { url: x }, sql: { url: y } }\n");

        assertThat(Decisions.decide(plan.plan()).list())
                .extracting(Decision::mechanism)
                .as("only sql can look up a key, and an item has one log")
                .containsExactly("sql", "sql");
    }

    @Test
    void whatMustSurviveMoreGoesWhereItDoes() {
        PlanFolder plan = plan(CATALOGUE + ", durability: D3", "", "reads: 400/s, within: 30s")
                .with("landscape.yaml", "mechanisms: { embedded: { }, kafka: { url: x, replicas: 3 } }\n");
        assertThat(only(plan).mechanism()).isEqualTo("kafka");
        assertThat(only(plan).grounds().rejected())
                .contains(new Decision.Rejected(
                        Scenario.FEED, "embedded", "cannot keep what it is given at D3 (at most D2 here)"));

        plan.with("landscape.yaml", "mechanisms: { embedded: { durability: D1 }, kafka: { url: x } }\n");
        assertThat(rules(plan)).contains("no-fitting-mechanism error");
    }

    @Test
    void twoServicesThatDecideOnEachOthersCurrentValueShareAnInvariant() {
        PlanFolder plan = new PlanFolder(folder);
        for (String service : List.of("a", "b")) {
            String other = service.equals("a") ? "b" : "a";
            plan.with(
                    service + ".yaml",
                    "service: " + service
                            + "\nshares:\n  x: { kind: state, key: id, fields: { id: string } }\nneeds:\n  " + other
                            + ".x: { within: 0s }\n");
        }
        assertThat(rules(plan)).containsOnlyOnce("shared-invariant warning");
    }

    @Test
    void aReaderThatIsToldLessOftenThanItWantsIsSaidSo() {
        assertThat(rules(plan(CATALOGUE, "", "reads: 400/s, within: 2s, conflate: 5s")))
                .contains("freshness-unmet warning");
        assertThat(rules(plan(CATALOGUE, "", "reads: 400/s, within: 2s, conflate: 1s")))
                .doesNotContain("freshness-unmet warning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "0/s"})
    void whatNeverChangesIsCopied(String changes) {
        Decision decision = only(plan("keys: 300, size: 400B, changes: " + changes, "", "reads: 1/s, within: 60s"));

        assertThat(decision.scenario()).isEqualTo(Scenario.FEED);
        assertThat(decision.cost().figures()).doesNotContainKey("margin");
        assertThat(decision.cost().figures().values()).allMatch(Double::isFinite);
        assertThat(decision.grounds().rejected().get(0).why()).isEqualTo("asking costs 2.5, and that nothing");
    }

    @Test
    void flipsAreWhereTheVerdictTurns() {
        List<String> volumes = List.of(CATALOGUE, VEHICLES, LIMITS, "keys: 300, size: 400B, changes: 1/min");
        List<String> needs = List.of(
                "reads: 400/s, within: 30s, hot: 20%",
                "reads: 2/s, within: 1s", "reads: 90/s, within: 600s, hot: 1%, conflate: 2s");
        int turned = 0;
        for (String volume : volumes) {
            for (String need : needs) {
                PlanFolder plan = plan(volume, "instances: 3\n", need)
                        .with("landscape.yaml", "mechanisms: { embedded: { } }\nbudgets: { copyMemory: 1GB }\n");
                Decision decision = only(plan);
                for (Decision.Flip flip : decision.grounds().flips()) {
                    if (flip.input().equals("changes")) {
                        String before = volume.replaceAll("changes: .*", "changes: %s/s");
                        assertThat(turnedAt(before, need, flip.at() * (flip.at() > flip.now() ? 0.999 : 1.001)))
                                .isEqualTo(decision.scenario());
                        assertThat(turnedAt(before, need, flip.at() * (flip.at() > flip.now() ? 1.001 : 0.999)))
                                .isEqualTo(flip.to());
                        turned++;
                    }
                }
            }
        }
        assertThat(turned).isGreaterThan(5);
    }

    private Scenario turnedAt(String volume, String need, double changes) {
        String written = String.format(java.util.Locale.ROOT, "%.9f", changes);
        return only(plan(volume.formatted(written), "instances: 3\n", need)
                        .with("landscape.yaml", "mechanisms: { embedded: { } }\nbudgets: { copyMemory: 1GB }\n"))
                .scenario();
    }

    @Test
    void theSamePlanGivesTheSameTexts() {
        PlanFolder plan = plan(CATALOGUE, "instances: 1..9\n", "reads: 400/s, within: 30s");
        List<String> texts = IntStream.range(0, 3)
                .mapToObj(time -> {
                    Plan read = plan.plan();
                    Decisions decisions = Decisions.decide(read);
                    return Explanation.text(read, decisions, decisions.list().get(0)) + decisions.ceilings();
                })
                .distinct()
                .toList();
        assertThat(texts).singleElement(InstanceOfAssertFactories.STRING).contains("instances 5 (middle of 1..9)");
    }
}
