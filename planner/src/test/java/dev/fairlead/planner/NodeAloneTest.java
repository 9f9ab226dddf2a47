package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A landscape that offers a node and nothing else. */
class NodeAloneTest {
    @TempDir
    private Path folder;

    @Test
    void aNodeAloneCarriesFeedsEventsQuestionsAndWhatIsTold() {
        PlanFolder plan = new PlanFolder(folder)
                .with("a.yaml", """
                        service: a
                        shares:
                          state: { kind: state, key: id, fields: { id: string }, keys: 100, changes: 1/s, durability: D2 }
                          event: { kind: event, key: id, events: { E: { id: string } }, retention: 1h, durability: D2 }
                          asked: { kind: request, question: { id: string }, answer: { id: string } }
                          told: { kind: request, delivery: guaranteed, question: { id: string }, durability: D2 }
                        """)
                .with("b.yaml", """
                        service: b
                        needs:
                          a.state: { reads: 100/s, within: 5s }
                          a.event: { }
                          a.asked: { }
                          a.told: { }
                        """)
                .with("landscape.yaml", "mechanisms: { http: { url: 'http://node:7733' } }\n");

        assertThat(Decisions.decide(plan.plan()).list())
                .extracting(decision -> decision.need().item().name(), Decision::scenario, Decision::mechanism)
                .containsExactlyInAnyOrder(
                        tuple("state", Scenario.FEED, "http"),
                        tuple("event", Scenario.EVENTS, "http"),
                        tuple("asked", Scenario.REQUEST, "http"),
                        tuple("told", Scenario.REQUEST, "http"));
    }
}
