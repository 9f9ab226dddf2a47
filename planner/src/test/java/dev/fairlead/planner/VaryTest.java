package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaryTest {
    @TempDir
    private Path folder;

    private Plan plan(String changes, String promise) {
        return new PlanFolder(folder)
                .with(
                        "a.yaml",
                        "service: a\nshares:\n  x: { kind: state, key: id, fields: { id: string }, keys: 200k, size:"
                                + " 1200B, changes: " + changes + " }\n")
                .with("b.yaml", "service: b\n" + promise + "needs:\n  a.x: { reads: 0.5/s, within: 30s }\n")
                .plan();
    }

    private static Decision only(Plan plan) {
        return Decisions.decide(plan).list().get(0);
    }

    @Test
    void decidesOneNeedAsIfThePlanHadOtherNumbers() {
        Plan varied = plan("0.1/s", "");
        Decision decided = only(varied);
        Plan plan = plan("5/s", "");
        Decisions decisions = Decisions.decide(plan);

        assertThat(decisions.list().get(0).scenario()).isEqualTo(Scenario.REQUEST);
        assertThat(decisions.vary(varied.items().get(0), plan.needs().get(0))).contains(decided);
        assertThat(decisions.vary(plan.items().get(0), plan.needs().get(0)))
                .contains(decisions.list().get(0));
    }

    @Test
    void keepsThePromiseOfAvailabilityAsItWasDecided() {
        Plan plan = plan("5/s", "availability: 99.99%\n");
        Decisions decisions = Decisions.decide(plan);

        assertThat(decisions.list().get(0).grounds().gate()).isEqualTo(Gate.G7);
        assertThat(decisions.vary(plan.items().get(0), plan.needs().get(0)))
                .contains(decisions.list().get(0));
    }
}
