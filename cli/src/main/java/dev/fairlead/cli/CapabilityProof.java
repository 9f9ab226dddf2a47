package dev.fairlead.cli;

import dev.fairlead.spi.Capability;
import dev.fairlead.testkit.conformance.Conformance;
import dev.fairlead.testkit.conformance.Scenario;
import dev.fairlead.testkit.prove.HistoryProof;
import dev.fairlead.testkit.prove.Prover;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the outcomes of scenarios say of each capability. */
final class CapabilityProof {
    private final Map<Capability, List<Prover.Outcome>> promised = new EnumMap<>(Capability.class);
    private final Map<Capability, List<Prover.Outcome>> refused = new EnumMap<>(Capability.class);
    private final List<Prover.Outcome> history = new ArrayList<>();

    CapabilityProof(List<Prover.Outcome> outcomes) {
        Map<String, Scenario> scenarios =
                Conformance.log().stream().collect(Collectors.toMap(Scenario::toString, Function.identity()));
        for (Prover.Outcome outcome : outcomes) {
            if (outcome.group().equals(HistoryProof.GROUP)) {
                history.add(outcome);
            }
            Scenario scenario = scenarios.get(outcome.group() + ": " + outcome.name());
            if (scenario != null) {
                note(promised, scenario.declared(), outcome);
                note(refused, scenario.undeclared(), outcome);
            }
        }
    }

    private static void note(
            Map<Capability, List<Prover.Outcome>> table, Set<Capability> capabilities, Prover.Outcome outcome) {
        capabilities.forEach(capability ->
                table.computeIfAbsent(capability, key -> new ArrayList<>()).add(outcome));
    }

    /** One line for each capability of which anything was tried, and one for what its histories say, which no scenario can. */
    void print(PrintWriter out) {
        for (Capability capability : Capability.values()) {
            if (promised.containsKey(capability)) {
                out.printf("  %-50s %s%n", capability.words(), verdict("proven", promised.get(capability)));
            } else if (refused.containsKey(capability)) {
                out.printf(
                        "  %-50s %s%n",
                        capability.words(), verdict("not offered, and refused", refused.get(capability)));
            }
        }
        if (!history.isEmpty()) {
            out.printf("  %-50s %s%n", "keep to the rules while many are at work", verdict("proven", history));
        }
    }

    private static String verdict(String good, List<Prover.Outcome> outcomes) {
        long passed = outcomes.stream().filter(Prover.Outcome::passed).count();
        return passed == outcomes.size()
                ? good + " (" + passed + " of " + passed + ")"
                : "NOT " + good + " (" + passed + " of " + outcomes.size() + ")";
    }
}
