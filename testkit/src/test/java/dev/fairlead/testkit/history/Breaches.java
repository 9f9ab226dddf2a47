package dev.fairlead.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Says of a history that one rule is broken in it, and how. */
final class Breaches {
    private Breaches() {}

    static void of(Scripted history, Rule rule, String how) {
        Verdict verdict = history.verdict();

        assertThat(verdict.breaches()).as("%s", verdict.witnesses()).containsOnlyKeys(rule);
        assertThat(verdict.witnesses().get(rule)).anyMatch(witness -> witness.contains(how));
        assertThat(verdict.judged()).contains(rule);
    }

    static void none(List<HistoryEvent> history) {
        assertThat(HistoryChecker.check(history).witnesses()).isEmpty();
    }
}
