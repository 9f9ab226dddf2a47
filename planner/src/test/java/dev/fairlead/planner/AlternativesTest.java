package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.Alternatives.Outcome;
import dev.fairlead.planner.formulas.StateNumbers.Input;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlternativesTest {
    private static final ItemId ITEM = ItemId.of("a.s");

    @TempDir
    private Path folder;

    private Plan plan(double keys, double size, double changes, double reads) {
        return new PlanFolder(folder)
                .with("landscape.yaml", """
                        mechanisms: { embedded: { } }
                        budgets: { copyMemory: 64MB, bootstrap: 10s }
                        """)
                .with("a.yaml", """
                        service: a
                        shares:
                          s: { kind: state, key: id, fields: { id: string }, keys: %d, size: %dB, changes: %d/s }
                        """.formatted((long) keys, (long) size, (long) changes))
                .with("b.yaml", """
                        service: b
                        needs:
                          a.s: { reads: %d/s, within: 2s }
                        """.formatted((long) reads))
                .with("c.yaml", """
                        service: c
                        needs:
                          a.s: { reads: 5/s, within: 2s, scenario: feed, because: a pin stays }
                        """)
                .plan();
    }

    private static Outcome decided(Plan plan, String reader) {
        Decision decision = Decisions.decide(plan).of(ITEM, reader).orElseThrow();
        return new Outcome(
                decision.scenario(), decision.mechanism(), decision.grounds().gate(), decision.confidence());
    }

    /** A plan with other numbers, and the same numbers put to the plan as an alternative, are decided alike. */
    @ParameterizedTest
    @CsvSource({"1,1,1,1", "100,1,1,1", "1,100,1,1", "1,1,100,1", "1,1,1,100", "1,1,10,10", "10,10,1,1", "1,1,3,1"})
    void anAlternativeIsDecidedAsAPlanWithTheseNumbersWouldBe(double keys, double size, double changes, double reads) {
        Alternatives alternatives = new Alternatives(plan(5_000, 300, 40, 100));
        Map<Input, Double> factors =
                Map.of(Input.KEYS, keys, Input.SIZE, size, Input.CHANGES, changes, Input.READS, reads);

        assertThat(alternatives.of(ITEM, "b", factors))
                .contains(decided(plan(5_000 * keys, 300 * size, 40 * changes, 100 * reads), "b"));
    }

    @Test
    void someNumbersChangeTheVerdictAndAPinDoesNot() {
        Alternatives alternatives = new Alternatives(plan(5_000, 300, 40, 100));
        List<Scenario> free = new ArrayList<>();
        List<Scenario> pinned = new ArrayList<>();
        for (double changes : List.of(0.1, 1.0, 10.0, 100.0)) {
            free.add(alternatives
                    .of(ITEM, "b", Map.of(Input.CHANGES, changes))
                    .orElseThrow()
                    .scenario());
            pinned.add(alternatives
                    .of(ITEM, "c", Map.of(Input.CHANGES, changes))
                    .orElseThrow()
                    .scenario());
        }

        assertThat(free).contains(Scenario.FEED, Scenario.REQUEST);
        assertThat(pinned).containsOnly(Scenario.FEED);
    }

    @Test
    void thereIsNoAlternativeToANeedThatIsNotThere() {
        assertThat(new Alternatives(plan(5, 300, 4, 10)).of(ITEM, "d", Map.of()))
                .isEqualTo(Optional.empty());
    }
}
