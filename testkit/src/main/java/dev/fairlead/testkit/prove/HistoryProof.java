package dev.fairlead.testkit.prove;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import dev.fairlead.testkit.faults.AppendFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.LogWorkload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Proves a mechanism by its history: writers and readers at work, and what they saw held against the rules. */
public final class HistoryProof {
    /** The group under which its outcomes stand. */
    public static final String GROUP = "history";

    /** Whether appends fail on purpose. */
    public enum Weather {
        /** They do not. */
        FAIR,
        /** Some fail, and of some nobody knows whether they were written. */
        FAULTS
    }

    private static final double CHANCE = 0.02;
    private static final long LEAST = 5000;

    private HistoryProof() {}

    /** Lets a workload run, which takes seconds, and gives one outcome per rule of which the history says anything. Disposes of the mechanism under test. */
    public static List<Prover.Outcome> prove(MechanismUnderTest tested, Weather weather, long seed) {
        try (Mechanism opened = tested.open(TimeSource.SYSTEM)) {
            Mechanism mechanism = weather == Weather.FAULTS ? faulty(opened, seed) : opened;
            return outcomes(work(mechanism, tested.durability(), seed), weather);
        } finally {
            tested.dispose();
        }
    }

    private static Mechanism faulty(Mechanism opened, long seed) {
        FaultyMechanism faulty = FaultyMechanism.around(opened, TimeSource.SYSTEM, seed);
        for (int item = 0; item < LogWorkload.Settings.defaults().logs(); item++) {
            String log = LogWorkload.log(opened, item);
            faulty.onAppend(log, AppendFault.fail(ErrorCode.STORAGE_FULL).withChance(CHANCE));
            faulty.onAppend(log, AppendFault.unknownWritten().withChance(CHANCE));
            faulty.onAppend(log, AppendFault.unknownLost().withChance(CHANCE));
        }
        return faulty;
    }

    private static Verdict work(Mechanism mechanism, Durability durability, long seed) {
        LogWorkload.Settings settings =
                LogWorkload.Settings.defaults().withDurability(durability).withSeed(seed);
        try {
            Path folder = Files.createTempDirectory("fairlead-history-");
            Path file = folder.resolve("history");
            try {
                return LogWorkload.run(mechanism, settings, file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Prover.Outcome> outcomes(Verdict verdict, Weather weather) {
        List<Prover.Outcome> outcomes = new ArrayList<>();
        for (Rule rule : verdict.judged()) {
            List<String> witnesses = verdict.witnesses().getOrDefault(rule, List.of());
            String detail = witnesses.isEmpty()
                    ? ""
                    : verdict.breaches().get(rule) + " times, first: " + String.join("; ", witnesses);
            outcomes.add(new Prover.Outcome(GROUP, rule + " " + rule.text(), witnesses.isEmpty(), detail));
        }
        boolean valid = verdict.valid(LEAST, weather == Weather.FAULTS ? 1 : 0);
        outcomes.add(new Prover.Outcome(
                GROUP,
                "there was enough to judge",
                valid,
                verdict.acknowledged() + " acknowledged, " + verdict.unknown() + " unknown, " + verdict.delivered()
                        + " delivered"));
        return outcomes;
    }
}
