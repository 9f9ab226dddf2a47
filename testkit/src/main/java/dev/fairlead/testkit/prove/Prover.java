package dev.fairlead.testkit.prove;

import dev.fairlead.api.FairleadException;
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
    private final Reach reach;

    /**
     * The proof of the mechanism; opens one instance to ask what it declares.
     *
     * @param patience the limit of each single wait
     */
    public Prover(Supplier<? extends MechanismUnderTest> mechanism, Duration patience, long seed) {
        this.suite = Conformance.of(mechanism).withPatience(patience).withSeed(seed);
        this.reach = new Reach(mechanism);
    }

    /** The groups that there are for what the mechanism declares. */
    public List<String> groups() {
        return suite.scenarios().stream().map(Scenario::group).distinct().toList();
    }

    /**
     * Runs the scenarios of the wanted groups, one after another, which takes seconds to a minute; ends when the mechanism cannot be
     * reached any more.
     *
     * @param progress is told each scenario before it runs, and which one it is of how many
     */
    public Proven prove(Predicate<String> groups, Consumer<String> progress) {
        List<Scenario> wanted = suite.scenarios().stream()
                .filter(scenario -> groups.test(scenario.group()))
                .toList();
        List<Outcome> outcomes = new ArrayList<>();
        for (Scenario scenario : wanted) {
            progress.accept((outcomes.size() + 1) + " of " + wanted.size() + " " + scenario);
            try {
                suite.run(scenario);
                outcomes.add(new Outcome(scenario.group(), scenario.name(), true, ""));
            } catch (RuntimeException | AssertionError failure) {
                outcomes.add(failed(scenario, failure));
                FairleadException away = reach.lostAfter(failure);
                if (away != null) {
                    return new Proven(outcomes, untried(wanted.subList(outcomes.size(), wanted.size())), away);
                }
            }
        }
        return new Proven(outcomes, List.of(), null);
    }

    private static List<Outcome> untried(List<Scenario> scenarios) {
        return scenarios.stream()
                .map(scenario -> Proven.untried(scenario.group(), scenario.name()))
                .toList();
    }

    private static Outcome failed(Scenario scenario, Throwable failure) {
        String detail = Reach.describe(failure);
        String named = scenario + ": ";
        return new Outcome(
                scenario.group(),
                scenario.name(),
                false,
                detail.startsWith(named) ? detail.substring(named.length()) : detail);
    }
}
