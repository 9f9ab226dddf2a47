package dev.fairlead.testkit.prove;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import dev.fairlead.testkit.faults.AppendFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.CallWorkload;
import dev.fairlead.testkit.workload.EventsWorkload;
import dev.fairlead.testkit.workload.LogWorkload;
import dev.fairlead.testkit.workload.QueueWorkload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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

    /** Through the API of applications: what opens services stands above this kit, so that it is given. */
    @FunctionalInterface
    public interface Opener {
        /** Opens the service of the plan files in the folder, on this instance. */
        Fairlead open(String service, Path plan, Mechanism mechanism);
    }

    private static final double CHANCE = 0.02;
    private static final long LEAST = 5000;

    /** What a mechanism must be able to do to carry events that groups follow. */
    private static final Set<Capability> OF_EVENTS = EnumSet.of(
            Capability.KEY_ORDER,
            Capability.REPLAY,
            Capability.KEEP_ALL,
            Capability.FENCING,
            Capability.GROUP_POSITIONS);

    private HistoryProof() {}

    /**
     * Lets the workloads run that the mechanism can carry, which takes seconds, and gives one outcome per rule of which their histories say
     * anything. Disposes of the mechanism under test.
     */
    public static List<Prover.Outcome> prove(MechanismUnderTest tested, Weather weather, long seed, Opener opener) {
        try (Mechanism opened = tested.open(TimeSource.SYSTEM)) {
            List<Prover.Outcome> outcomes = new ArrayList<>();
            if (opened instanceof Log) {
                outcomes.addAll(log(weather == Weather.FAULTS ? faulty(opened, seed) : opened, tested, weather, seed));
            }
            if (opened.capabilities().containsAll(OF_EVENTS)) {
                outcomes.addAll(events(opened, tested, weather, seed, opener));
            }
            if (opened.capabilities().contains(Capability.QUEUE)) {
                Verdict verdict = judged(file -> QueueWorkload.run(opened, tested.durability(), seed, file));
                outcomes.addAll(outcomes("queue", verdict));
                outcomes.add(enough("queue", verdict.valid(LEAST, 0), verdict));
            }
            if (opened.capabilities().contains(Capability.CALL)) {
                outcomes.addAll(outcomes("call", judged(file -> CallWorkload.run(opened, file))));
            }
            return outcomes;
        } finally {
            tested.dispose();
        }
    }

    private static List<Prover.Outcome> log(
            Mechanism mechanism, MechanismUnderTest tested, Weather weather, long seed) {
        LogWorkload.Settings settings = LogWorkload.Settings.defaults()
                .withDurability(tested.durability())
                .withSeed(seed);
        Verdict verdict = judged(file -> LogWorkload.run(mechanism, settings, file));
        List<Prover.Outcome> outcomes = outcomes("log", verdict);
        outcomes.add(enough("log", verdict.valid(LEAST, weather == Weather.FAULTS ? 1 : 0), verdict));
        return outcomes;
    }

    private static List<Prover.Outcome> events(
            Mechanism opened, MechanismUnderTest tested, Weather weather, long seed, Opener opener) {
        FaultyMechanism carrier = FaultyMechanism.around(opened, TimeSource.SYSTEM, seed);
        if (weather == Weather.FAULTS) {
            fail(carrier, EventsWorkload.STEPS.id());
            fail(carrier, EventsWorkload.STEPS.id() + ".parked.walker." + EventsWorkload.GROUP);
        }
        Verdict verdict = judged(file -> {
            Path plan = plan(file.resolveSibling("plan"), tested);
            try {
                return EventsWorkload.run(
                        () -> opener.open("prover", plan, carrier),
                        () -> opener.open("walker", plan, carrier),
                        opened.capabilities(),
                        carrier::healAll,
                        file);
            } finally {
                delete(plan);
            }
        });
        List<Prover.Outcome> outcomes = outcomes("events", verdict);
        outcomes.add(enough("events", verdict.valid(LEAST, weather == Weather.FAULTS ? 1 : 0), verdict));
        return outcomes;
    }

    private static Path plan(Path folder, MechanismUnderTest tested) {
        try {
            Files.createDirectory(folder);
            Files.writeString(folder.resolve("prover.yaml"), EventsWorkload.OWNER.formatted(tested.durability()));
            Files.writeString(folder.resolve("walker.yaml"), EventsWorkload.READER);
            String settings = tested.url()
                    .map(url -> "url: '" + url.replace("'", "''") + "'")
                    .orElse("");
            Files.writeString(
                    folder.resolve("landscape.yaml"), "mechanisms:\n  " + tested.name() + ": { " + settings + " }\n");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mechanism faulty(Mechanism opened, long seed) {
        FaultyMechanism faulty = FaultyMechanism.around(opened, TimeSource.SYSTEM, seed);
        for (int item = 0; item < LogWorkload.Settings.defaults().logs(); item++) {
            String log = LogWorkload.log(opened, item);
            fail(faulty, log);
        }
        return faulty;
    }

    private static void fail(FaultyMechanism faulty, String log) {
        faulty.onAppend(log, AppendFault.fail(ErrorCode.STORAGE_FULL).withChance(CHANCE));
        faulty.onAppend(log, AppendFault.unknownWritten().withChance(CHANCE));
        faulty.onAppend(log, AppendFault.unknownLost().withChance(CHANCE));
    }

    /** One workload, which leaves its history in the file. */
    private interface Work {
        Verdict run(Path file);
    }

    private static Verdict judged(Work work) {
        try {
            Path folder = Files.createTempDirectory("fairlead-history-");
            Path file = folder.resolve("history");
            try {
                return work.run(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Prover.Outcome> outcomes(String of, Verdict verdict) {
        List<Prover.Outcome> outcomes = new ArrayList<>();
        for (Rule rule : verdict.judged()) {
            List<String> witnesses = verdict.witnesses().getOrDefault(rule, List.of());
            String detail = witnesses.isEmpty()
                    ? ""
                    : verdict.breaches().get(rule) + " times, first: " + String.join("; ", witnesses);
            outcomes.add(new Prover.Outcome(GROUP, of + ": " + rule + " " + rule.text(), witnesses.isEmpty(), detail));
        }
        return outcomes;
    }

    private static Prover.Outcome enough(String of, boolean valid, Verdict verdict) {
        return new Prover.Outcome(
                GROUP,
                of + ": there was enough to judge",
                valid,
                verdict.acknowledged() + " acknowledged, " + verdict.unknown() + " unknown, " + verdict.delivered()
                        + " delivered");
    }
}
