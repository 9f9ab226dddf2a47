package dev.fairlead.cli;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.testkit.prove.HistoryProof;
import dev.fairlead.testkit.prove.Proven;
import dev.fairlead.testkit.prove.Prover;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the proofs of a mechanism came to: for people, and as a report. */
record ProofText(String mechanism, long seed, Map<Durability, Proven> proofs) {
    ProofText {
        proofs = new LinkedHashMap<>(proofs);
    }

    /** Why the server could not be reached any more; null when it could be. */
    @Nullable
    FairleadException away() {
        return proofs.values().stream()
                .map(Proven::away)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    boolean passed() {
        return away() == null && failed() == 0;
    }

    private Stream<Prover.Outcome> tried() {
        return proofs.values().stream().flatMap(proof -> proof.outcomes().stream());
    }

    private long failed() {
        return tried().filter(outcome -> !outcome.passed()).count();
    }

    private long untried() {
        return proofs.values().stream()
                .mapToLong(proof -> proof.untried().size())
                .sum();
    }

    void print(PrintWriter out, List<String> weakened) {
        proofs.forEach((level, proof) -> print(out, level, proof));
        if (!weakened.isEmpty()) {
            out.println("What weakens it:");
            weakened.forEach(each -> out.println("  " + each));
            out.println();
        }
        out.printf("%d checks, %d failed, seed %d%s%n", tried().count(), failed(), seed, verdict());
        out.flush();
    }

    private String verdict() {
        if (passed()) {
            return "";
        }
        List<String> reasons = new ArrayList<>();
        if (untried() > 0) {
            reasons.add(untried() + " not tried");
        }
        if (tried().anyMatch(outcome -> !outcome.passed() && outcome.group().equals(HistoryProof.GROUP))) {
            reasons.add("its history failed");
        }
        return ": " + mechanism + " is NOT proven" + (reasons.isEmpty() ? "" : " (" + String.join(", ", reasons) + ")");
    }

    private void print(PrintWriter out, Durability level, Proven proof) {
        out.println(mechanism + " at " + level);
        Map<String, List<Prover.Outcome>> byGroup = new LinkedHashMap<>();
        all(proof)
                .forEach(outcome -> byGroup.computeIfAbsent(outcome.group(), group -> new ArrayList<>())
                        .add(outcome));
        byGroup.forEach((group, outcomes) -> {
            long passed = outcomes.stream().filter(Prover.Outcome::passed).count();
            long untried = outcomes.stream().filter(proof.untried()::contains).count();
            String rest = untried == 0 ? "" : ", " + untried + " not tried";
            out.printf("  %-24s %3d of %3d%s%n", group, passed, outcomes.size(), rest);
            outcomes.stream()
                    .filter(outcome -> !outcome.passed() && !proof.untried().contains(outcome))
                    .forEach(outcome -> out.println("    FAILED " + outcome.name() + ": " + outcome.detail()));
        });
        out.println();
        new CapabilityProof(all(proof).toList()).print(out);
        out.println();
    }

    private static Stream<Prover.Outcome> all(Proven proof) {
        return Stream.concat(proof.outcomes().stream(), proof.untried().stream());
    }

    RunReport report(double seconds) {
        List<RunReport.Check> checks = new ArrayList<>();
        proofs.forEach((level, proof) -> all(proof).forEach(outcome -> {
            String name = level + " " + outcome.group() + ": " + outcome.name();
            checks.add(new RunReport.Check(name, outcome.passed(), outcome.detail()));
        }));
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("checks", checks.size());
        figures.put("seconds", seconds);
        return new RunReport("prove " + mechanism, seed, passed(), checks, figures);
    }
}
