package dev.fairlead.planner.coupling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.planner.PlanFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {
    @TempDir
    private Path folder;

    private PlanFolder plan;

    @BeforeEach
    void beginAPlan() {
        plan = new PlanFolder(folder)
                .with("a.yaml", "service: a\nneeds:\n  b.ask: { why: x }\n")
                .with("b.yaml", """
                        service: b
                        shares:
                          ask: { kind: request, question: { id: string }, answer: { x: string } }
                        needs:
                          c.s: { why: x }
                        """)
                .with("c.yaml", """
                        service: c
                        shares:
                          s: { kind: state, key: id, fields: { id: string, x: string } }
                          ask: { kind: request, question: { id: string }, answer: { x: string } }
                        """);
    }

    private Baseline now() {
        return Baseline.of(JudgedPlan.of(plan.plan(), plan.read().findings()));
    }

    @Test
    void isTextWithALineForEachWarningAndMeasure() {
        assertThat(now().text()).isEqualTo("""
                # What is known of this plan and may only get better. Written by fairlead check --update-baseline.
                baseline 1
                acu 0.5000
                ceiling a 0.99800100
                longestSyncChain 1
                nccd 1.2000
                propagationCost 0.6667
                sdb 0.0000
                siy 0
                warning freshness-unlimited b needs c.s 1
                """);
    }

    @Test
    void isReadAsItWasWritten() throws BaselineFault {
        Baseline read = Baseline.read(now().text());

        assertThat(read).isEqualTo(now());
        assertThat(Drift.between(read, now()).worse()).isEmpty();
        assertThat(Drift.between(read, now()).better()).isEmpty();
    }

    @Test
    void sayingTheSameInAnotherPlaceChangesNothing() {
        Baseline before = now();
        plan.with("b.yaml", """
                # A comment, and another order.
                service: b
                needs:
                  c.s:
                    why: x
                shares:
                  ask: { kind: request, question: { id: string }, answer: { x: string } }
                """);

        assertThat(now().text()).isEqualTo(before.text());
    }

    @Test
    void namesWhatGotWorseAndByHowMuch() {
        Baseline before = now();
        plan.with("c.yaml", """
                service: c
                availability: 99.8%
                shares:
                  s: { kind: state, key: id, fields: { id: string, x: string } }
                  ask: { kind: request, question: { id: string }, answer: { x: string } }
                """).with("b.yaml", """
                service: b
                shares:
                  ask: { kind: request, question: { id: string }, answer: { x: string } }
                needs:
                  c.s: { why: x }
                  c.ask: { why: x }
                """).with("d.yaml", "service: d\nneeds:\n  c.s: { why: y }\n");

        Drift drift = Drift.between(before, now());

        assertThat(drift.worse())
                .containsExactly(
                        "ceiling a: 0.99800100 -> 0.99600500 (by -0.00199600)",
                        "longestSyncChain: 1 -> 2 (by +1)",
                        "new warning freshness-unlimited d needs c.s");
        assertThat(Drift.between(now(), before).worse()).doesNotContainAnyElementsOf(drift.worse());
        assertThat(Drift.between(now(), before).better())
                .contains("longestSyncChain: 2 -> 1 (by -1)", "gone: warning freshness-unlimited d needs c.s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1 | begins with",
                "'baseline 2\n' | 1 | begins with",
                "'baseline 1\nsiy\n' | 2 | no number",
                "'baseline 1\nsiy one\n' | 2 | no number",
                "'baseline 1\n<<<<<<< HEAD\n' | 2 | no number",
                "'baseline 1\nsiy 1\nsiy 2\n' | 3 | twice",
                "'baseline 1\nwarning 1\n' | 2 | neither",
                "'baseline 1\nunheard 1\n' | 2 | neither",
                "'baseline 1\nsiy NaN\n' | 2 | neither",
                "'baseline 1\nsiy -1\n' | 2 | neither"
            })
    void refusesWhatIsNoBaseline(String text, int line, String message) {
        assertThatThrownBy(() -> Baseline.read(text))
                .isInstanceOfSatisfying(
                        BaselineFault.class, fault -> assertThat(fault.line()).isEqualTo(line))
                .hasMessageContaining(message);
    }
}
