package dev.fairlead.testkit.prove;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import dev.fairlead.testkit.faults.AppendFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.prove.HistoryProof.Opener;
import dev.fairlead.testkit.prove.HistoryProof.Weather;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The workloads that a mechanism can carry, and what the rules say of their histories. */
final class Workloads {
    private static final double CHANCE = 0.02;
    private static final long LEAST = 5000;

    /** What a mechanism must be able to do to carry events that groups follow. */
    private static final Set<Capability> OF_EVENTS = EnumSet.of(
            Capability.KEY_ORDER,
            Capability.REPLAY,
            Capability.KEEP_ALL,
            Capability.FENCING,
            Capability.GROUP_POSITIONS);

    private final Mechanism opened;
    private final MechanismUnderTest tested;
    private final Weather weather;
    private final long seed;
    private final Opener opener;

    Workloads(Mechanism opened, MechanismUnderTest tested, Weather weather, long seed, Opener opener) {
        this.opened = opened;
        this.tested = tested;
        this.weather = weather;
        this.seed = seed;
        this.opener = opener;
    }

    /** Each by its name, in the order in which they run. */
    Map<String, Supplier<List<Prover.Outcome>>> byName() {
        Map<String, Supplier<List<Prover.Outcome>>> all = new LinkedHashMap<>();
        Set<Capability> capabilities = opened.capabilities();
        if (opened instanceof Log) {
            all.put("log", this::log);
        }
        if (capabilities.containsAll(OF_EVENTS)) {
            all.put("events", this::events);
        }
        if (capabilities.contains(Capability.QUEUE)) {
            all.put("queue", this::queue);
        }
        if (capabilities.contains(Capability.CALL)) {
            all.put("call", this::call);
        }
        return all;
    }

    private List<Prover.Outcome> log() {
        Mechanism mechanism = weather == Weather.FAULTS ? faulty() : opened;
        LogWorkload.Settings settings = LogWorkload.Settings.defaults()
                .withDurability(tested.durability())
                .withSeed(seed);
        Verdict verdict = judged(file -> LogWorkload.run(mechanism, settings, file));
        List<Prover.Outcome> outcomes = outcomes("log", verdict);
        outcomes.add(enough("log", verdict.valid(LEAST, weather == Weather.FAULTS ? 1 : 0), verdict));
        return outcomes;
    }

    private List<Prover.Outcome> events() {
        FaultyMechanism carrier = FaultyMechanism.around(opened, TimeSource.SYSTEM, seed);
        if (weather == Weather.FAULTS) {
            fail(carrier, EventsWorkload.STEPS.id());
            fail(carrier, EventsWorkload.STEPS.id() + ".parked.walker." + EventsWorkload.GROUP);
        }
        Verdict verdict = judged(file -> {
            Path plan = plan(file.resolveSibling("plan"));
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

    private List<Prover.Outcome> queue() {
        Verdict verdict = judged(file -> QueueWorkload.run(opened, tested.durability(), seed, file));
        List<Prover.Outcome> outcomes = outcomes("queue", verdict);
        outcomes.add(enough("queue", verdict.valid(LEAST, 0), verdict));
        return outcomes;
    }

    private List<Prover.Outcome> call() {
        return outcomes("call", judged(file -> CallWorkload.run(opened, file)));
    }

    private Path plan(Path folder) {
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

    private Mechanism faulty() {
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
            outcomes.add(new Prover.Outcome(
                    HistoryProof.GROUP, of + ": " + rule + " " + rule.text(), witnesses.isEmpty(), detail));
        }
        return outcomes;
    }

    private static Prover.Outcome enough(String of, boolean valid, Verdict verdict) {
        return new Prover.Outcome(
                HistoryProof.GROUP,
                of + ": there was enough to judge",
                valid,
                verdict.acknowledged() + " acknowledged, " + verdict.unknown() + " unknown, " + verdict.delivered()
                        + " delivered");
    }
}
