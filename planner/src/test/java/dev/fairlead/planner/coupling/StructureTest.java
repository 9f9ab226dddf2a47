package dev.fairlead.planner.coupling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.PlanFolder;
import dev.fairlead.planner.PlanResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the rules of structure stop: what is nearly an anti-pattern and is none. */
class StructureTest {
    @TempDir
    private Path folder;

    private PlanFolder plan;

    @BeforeEach
    void beginAPlan() {
        plan = new PlanFolder(folder);
    }

    private void service(String name, String shares, String needs) {
        plan.with(
                name + ".yaml",
                "service: " + name + "\n" + (shares.isEmpty() ? "" : "shares:\n" + shares.indent(2))
                        + (needs.isEmpty() ? "" : "needs:\n" + needs.indent(2)));
    }

    private static String request(String name) {
        return name + ": { kind: request, question: { id: string }, answer: { a: string, b: string } }";
    }

    private static String event(String name) {
        return name + ": { kind: event, key: id, events: { Did_" + name + ": { id: string, at: instant } } }";
    }

    private static String need(String... items) {
        return String.join(
                "",
                List.of(items).stream()
                        .map(item -> item + ": { why: x, within: 60s }\n")
                        .toList());
    }

    private JudgedPlan judged() {
        PlanResult read = plan.read();
        return JudgedPlan.of(
                Objects.requireNonNull(read.plan(), () -> plan.lines().toString()), read.findings());
    }

    /** All findings as {@code severity rule FILE:LINE:COLUMN}. */
    private List<String> found() {
        return judged().findings().stream()
                .map(each -> each.severity().word() + " " + each.rule().id() + " "
                        + each.place().toString().replaceAll("^.*/", ""))
                .toList();
    }

    @Test
    void eventsBothWaysAreAConversation() {
        service("a", event("one"), need("b.two"));
        service("b", event("two"), need("a.one"));
        service("c", "", need("a.one", "b.two"));

        assertThat(found()).isEmpty();
        assertThat(judged().metrics().landscape().siy()).isEqualTo(1);
    }

    @Test
    void aMutualDependencyInWhichOneWaitsIsToldOfOnce() {
        service("a", event("one"), need("b.two"));
        service("b", request("two"), need("a.one"));
        service("c", "", need("a.one"));

        assertThat(found()).containsExactly("warning mutual-dependency a.yaml:5:3");
    }

    @Test
    void aWaitingCircleIsNotToldOfAgainAsMutualOrMixed() {
        service("a", request("one") + "\n" + event("extra"), need("b.two"));
        service("b", request("two"), need("c.three", "a.extra"));
        service("c", request("three"), need("a.one", "a.extra"));

        assertThat(found()).containsExactly("error sync-cycle a.yaml:6:3");
        assertThat(judged().findings().getFirst().message()).startsWith("`a` -> `b` -> `c` -> `a` wait");
    }

    @Test
    void twoCirclesAreTwoFindings() {
        service("a", request("one"), need("b.two"));
        service("b", request("two"), need("a.one"));
        service("c", request("one"), need("d.two"));
        service("d", request("two"), need("c.one"));

        assertThat(found()).containsExactly("error sync-cycle a.yaml:5:3", "error sync-cycle c.yaml:5:3");
    }

    @Test
    void aChainIsToldOfWhereItBegins() {
        service("a", "", need("b.ask"));
        service("b", request("ask"), need("c.ask"));
        service("c", request("ask"), need("d.ask"));
        service("d", request("ask"), "");

        assertThat(found()).containsExactly("warning long-sync-chain a.yaml:3:3");
        assertThat(judged().findings().getFirst().message())
                .contains("3 calls stand behind each other: `a` -> `b` -> `c` -> `d`");
        plan.with("a.yaml", "service: a\n");
        assertThat(found()).containsExactly("note unused-item b.yaml:3:3");
    }

    @Test
    void whatIsToldOneWayIsNotWaitedFor() {
        plan.with("a.yaml", "service: a\navailability: 99.99%\nneeds:\n  b.tell: { why: x }\n");
        service("b", "tell: { kind: request, delivery: guaranteed, question: { id: string } }", "");

        assertThat(found()).isEmpty();
        assertThat(judged().metrics().landscape().acu()).isEqualTo(1);
    }

    @Test
    void aViewIsAStoreEdgeAndNoFault() {
        service("a", "s: { kind: state, key: id, fields: { id: string, x: string } }", "");
        service("b", "", "a.s: { within: 60s, direct: view, because: free queries over all of it }");

        assertThat(found()).isEmpty();
        assertThat(judged().metrics().landscape().sdb()).isEqualTo(1);
    }

    @Test
    void aLookIntoADatabaseNeedsAReasonAndNoMechanism() {
        service("a", "s: { kind: state, key: id, fields: { id: string, x: string } }", "");
        service("b", "", "a.s: { direct: table }");
        service("c", "", "a.s: { direct: view, mechanism: embedded, because: y }");
        service("d", "", "a.s: { direct: shelf, because: y }");

        assertThat(plan.lines())
                .containsExactly(
                        "b.yaml:3:18: `direct: table` binds a reader to a database without a reason (add `because: …`)",
                        "c.yaml:3:18: `direct` looks into the owner's database past every mechanism, but a `mechanism` is"
                                + " pinned (leave one out)",
                        "d.yaml:3:18: `direct` cannot be `shelf` (use one of table, view)");
    }

    @Test
    void anEventWithSeveralReadersIsNoCommand() {
        service("a", event("wanted"), need("b.done"));
        service("b", event("done"), need("a.wanted"));

        assertThat(found()).containsExactly("warning event-as-command a.yaml:3:3");
        service("c", "", need("a.wanted"));
        assertThat(found()).isEmpty();
    }

    @Test
    void anItemThatAddsSomethingIsNotPassedThrough() {
        String state = "{ kind: state, key: id, fields: { id: string, x: int32%s } }";
        service("a", "s: " + state.formatted(""), "");
        service("b", "t: " + state.formatted(""), need("a.s"));
        service("c", "", need("b.t"));

        assertThat(found()).containsExactly("warning pass-through-item b.yaml:3:3");
        service("b", "t: " + state.formatted(", rating: int32"), need("a.s"));
        assertThat(found()).isEmpty();
    }

    @Test
    void whatNobodyUsesIsANoteAndWhatIsHardlyUsedAWarning() {
        service("a", "s: { kind: state, key: id, fields: { id: string, b: string, c: string, d: string } }", "");
        service("b", "", "a.s: { within: 60s, uses: [ id, b ] }");

        assertThat(found()).containsExactly("note over-sharing a.yaml:3:3");
        service("b", "", "a.s: { within: 60s, uses: [ id ] }");
        assertThat(found()).containsExactly("warning over-sharing a.yaml:3:3");
        service("b", "", "a.s: { within: 60s, uses: [ b, c ] }");
        assertThat(found()).isEmpty();
        service("b", "", "a.s: { within: 60s, uses: [ id, b, c ] }");
        assertThat(found()).isEmpty();
    }

    @Test
    void aSmallLandscapeIsNoMonolith() {
        service("a", request("ask") + "\n" + event("e"), "");
        for (String name : List.of("b", "c", "d", "f")) {
            plan.with(name + ".yaml", "service: " + name + "\nneeds:\n  a.ask: { why: x }\n");
        }
        service("g", "", need("a.e"));
        plan.with("a.yaml", "service: a\navailability: 98%\nshares:\n  " + request("ask") + "\n  " + event("e") + "\n");

        assertThat(found()).containsExactly("warning distributed-monolith a.yaml:1:10");
        plan.with("f.yaml", "service: f\n").with("d.yaml", "service: d\nneeds:\n  a.e: { why: x }\n");
        plan.with("c.yaml", "service: c\nneeds:\n  a.e: { why: x }\n");
        assertThat(found()).isEmpty();
    }

    /** One with so many readers, and with so many owners, among 20 services. */
    private void between(int readers, int owners) {
        List<String> owned = new ArrayList<>();
        for (int i = 0; i < 20 - 1 - readers; i++) {
            service("o" + i, event("e" + i), "");
            owned.add("o" + i + ".e" + i);
        }
        service("middle", event("all"), need(owned.subList(0, owners).toArray(String[]::new)));
        for (int i = 0; i < readers; i++) {
            service("r" + i, "", need(i == 0 ? owned.toArray(String[]::new) : new String[0]) + need("middle.all"));
        }
    }

    @Test
    void whatMoreThanAFifthIsJoinedWithOnEitherSideIsAHub() {
        between(5, 5);

        assertThat(found()).containsExactly("note hub middle.yaml:1:10");
        assertThat(judged().findings().getFirst().message())
                .contains("`middle` reads from 5 services, and 5 read from it");
    }

    @ParameterizedTest
    @CsvSource({"4, 10", "10, 4"})
    void aFifthOnOneSideMakesNoHub(int readers, int owners) {
        between(readers, owners);

        assertThat(found()).isEmpty();
    }

    /** Three read from {@code base}, which waits for {@code wide}, which reads from so many. */
    private void unstable(int owners, String more) {
        List<String> owned = new ArrayList<>();
        for (int i = 0; i < owners; i++) {
            service("o" + i, event("e" + i), "");
            owned.add("o" + i + ".e" + i);
        }
        service("wide", request("ask") + "\n" + more, need(owned.toArray(String[]::new)));
        service("base", event("all"), need("wide.ask"));
        for (int i = 0; i < 3; i++) {
            service("r" + i, "", need("base.all"));
        }
    }

    @Test
    void aServiceWithManyReadersThatWaitsForAMuchLessStableOneIsTold() {
        unstable(2, "");

        assertThat(found()).as("0.25 and 0.67").containsExactly("note unstable-dependency base.yaml:5:3");
    }

    @Test
    void aLittleLessStableIsNotTold() {
        unstable(1, "");

        assertThat(found()).as("0.25 and 0.5").isEmpty();
    }

    @Test
    void whoDoesNotWaitIsNotBoundByWhatItReads() {
        unstable(3, event("told"));
        service("base", event("all"), need("wide.told"));
        service("r0", "", need("base.all", "wide.ask"));

        assertThat(found()).isEmpty();
    }
}
