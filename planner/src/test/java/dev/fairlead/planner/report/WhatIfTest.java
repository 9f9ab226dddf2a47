package dev.fairlead.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.PlanFolder;
import dev.fairlead.planner.coupling.JudgedPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatIfTest {
    private static final List<Double> RATES = List.of(0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0);
    private static final List<Double> SIZES = List.of(0.1, 1.0, 10.0, 100.0);

    @TempDir
    private Path folder;

    private JudgedPlan judged(double changes, double reads, double keys, double size) {
        PlanFolder plan = new PlanFolder(folder)
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
                          a.s: { reads: 500/s, within: 2s, scenario: feed, because: a pin stays }
                        """);
        return JudgedPlan.of(plan.plan(), plan.read().findings());
    }

    private static List<String> found(String json, String pattern) {
        return Pattern.compile(pattern)
                .matcher(json)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }

    /** The verdict that the table of the plan holds for these steps, as a page would look it up. */
    private static String lookedUp(String json, int reader, int changes, int reads, int keys, int size) {
        String table = found(json, "\"table\":\"([^\"]*)\"").get(reader);
        int at = ((changes * RATES.size() + reads) * SIZES.size() + keys) * SIZES.size() + size;
        return found(json, "\"verdict\":\"([^\"]*)\"").get(table.charAt(at) - '0');
    }

    /** A plan that is written with other numbers is decided as the table says. */
    @ParameterizedTest
    @CsvSource({"3,3,1,1", "6,3,1,1", "3,6,1,1", "3,3,3,1", "3,3,1,3", "5,5,2,1", "4,3,2,2", "6,6,3,3", "3,1,1,1"})
    void theTableHoldsWhatAPlanWithTheseNumbersIsDecidedAs(int changes, int reads, int keys, int size) {
        String json = new WhatIf(judged(40, 1000, 5_000, 300)).json();
        JudgedPlan written = judged(
                40 * RATES.get(changes), 1000 * RATES.get(reads), 5_000 * SIZES.get(keys), 300 * SIZES.get(size));

        String decided = Wording.verdict(written.decisions()
                .of(written.plan().items().getFirst().id(), "b")
                .orElseThrow());
        assertThat(lookedUp(json, 0, changes, reads, keys, size)).isEqualTo(decided);
    }

    @Test
    void someStepsChangeTheVerdictAndAPinDoesNot() {
        String json = new WhatIf(judged(40, 1000, 5_000, 300)).json();
        List<String> free = new ArrayList<>();
        List<String> pinned = new ArrayList<>();
        for (int step = 0; step < RATES.size(); step++) {
            free.add(lookedUp(json, 0, step, 3, 1, 1));
            pinned.add(lookedUp(json, 1, step, 3, 1, 1));
        }

        assertThat(free).contains("feed on embedded", "request on embedded");
        assertThat(pinned).containsOnly("feed on embedded");
    }
}
