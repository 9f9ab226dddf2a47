package dev.fairlead.testkit.prove;

import dev.fairlead.testkit.conformance.Conformance;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import dev.fairlead.testkit.conformance.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Proves a mechanism without a test framework: runs the conformance suite, scenario by scenario, and keeps what came of each. */
public final class Prover {
    /**
     * What came of one scenario.
     *
     * @param group the part of the contract that it belongs to
     * @param name what the mechanism does, as the end of a sentence
     * @param passed whether it does
     * @param detail why not; empty when it does
     */
    public record Outcome(String group, String name, boolean passed, String detail) {}

    private final Conformance suite;

    /**
     * The proof of the mechanism; opens one instance to ask what it declares.
     *
     * @param patience the limit of each single wait
     */
    public Prover(Supplier<? extends MechanismUnderTest> mechanism, Duration patience, long seed) {
        this.suite = Conformance.of(mechanism).withPatience(patience).withSeed(seed);
    }

    /** The groups that there are for what the mechanism declares. */
    public List<String> groups() {
        return suite.scenarios().stream().map(Scenario::group).distinct().toList();
    }

    /**
     * Runs the scenarios of the wanted groups, one after another, which takes seconds to a minute.
     *
     * @param progress is told each scenario before it runs
     */
    public List<Outcome> prove(Predicate<String> groups, Consumer<String> progress) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Scenario scenario : suite.scenarios()) {
            if (groups.test(scenario.group())) {
                progress.accept(scenario.toString());
                outcomes.add(run(scenario));
            }
        }
        return outcomes;
    }

    private Outcome run(Scenario scenario) {
        try {
            suite.run(scenario);
            return new Outcome(scenario.group(), scenario.name(), true, "");
        } catch (RuntimeException | AssertionError e) {
            return new Outcome(scenario.group(), scenario.name(), false, String.valueOf(e.getMessage()));
        }
    }
}
