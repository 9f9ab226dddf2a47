package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.testkit.SettableTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The conformance suite of one mechanism: the scenarios that its declared capabilities call for.
 *
 * <p>A capability that is declared brings the scenarios that prove it, one that is not brings the scenario that proves its
 * refusal; nothing is skipped. The suite may run its scenarios one after another or side by side.
 */
public final class Conformance {
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(30);

    private final Supplier<? extends MechanismUnderTest> mechanisms;
    private final Set<Capability> capabilities;
    private final boolean logs;
    private final Duration patience;
    private final long seed;

    private Conformance(
            Supplier<? extends MechanismUnderTest> mechanisms,
            Set<Capability> capabilities,
            boolean logs,
            Duration patience,
            long seed) {
        this.mechanisms = mechanisms;
        this.capabilities = capabilities;
        this.logs = logs;
        this.patience = patience;
        this.seed = seed;
    }

    /** The suite for the mechanism; opens one instance to ask what it declares. */
    public static Conformance of(Supplier<? extends MechanismUnderTest> mechanisms) {
        try (MechanismUnderTest asked = mechanisms.get();
                Mechanism mechanism = asked.open(SettableTime.create())) {
            Set<Capability> capabilities = Set.copyOf(mechanism.capabilities());
            boolean logs = mechanism instanceof Log;
            Expect.that(
                    logs || capabilities.stream().noneMatch(Scenario::isOfLogs),
                    "a mechanism without logs to declare nothing of logs, not " + capabilities);
            return new Conformance(mechanisms, capabilities, logs, USUAL_PATIENCE, 1);
        }
    }

    /** Every scenario for logs, tables, calls, topics and queues, in both directions. */
    public static List<Scenario> log() {
        return Stream.of(
                        DefineScenarios.all(),
                        AppendScenarios.all(),
                        LimitScenarios.all(),
                        ReadScenarios.all(),
                        WaitScenarios.all(),
                        ReplayScenarios.all(),
                        FencingScenarios.all(),
                        BeatScenarios.all(),
                        PositionScenarios.all(),
                        LatestPerKeyScenarios.all(),
                        KeepScenarios.all(),
                        LookupScenarios.all(),
                        FindScenarios.all(),
                        FindClaimScenarios.all(),
                        EraseScenarios.all(),
                        CallScenarios.all(),
                        CallEndScenarios.all(),
                        TopicScenarios.all(),
                        TopicEndScenarios.all(),
                        QueueScenarios.all(),
                        QueueLeaseScenarios.all(),
                        QueueEndScenarios.all(),
                        QueueSurvivalScenarios.all(),
                        DeadLetterScenarios.all(),
                        ScheduleScenarios.all(),
                        EraseMessageScenarios.all(),
                        SurvivalScenarios.all(),
                        CloseScenarios.all(),
                        ManyLogsScenarios.all(),
                        RefusalScenarios.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The same suite with another limit for each single wait; the usual one is thirty seconds. */
    public Conformance withPatience(Duration longest) {
        return new Conformance(mechanisms, capabilities, logs, longest, seed);
    }

    /** The same suite with another seed for what scenarios choose at random. */
    public Conformance withSeed(long other) {
        return new Conformance(mechanisms, capabilities, logs, patience, other);
    }

    /** What the mechanism declares. */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /** The scenarios that apply to what the mechanism declares; those of logs only where it has logs. */
    public List<Scenario> scenarios() {
        return log().stream()
                .filter(scenario -> scenario.applies(capabilities))
                .filter(scenario -> logs || !scenario.needsLogs())
                .toList();
    }

    /** Runs the scenario on a new mechanism; returns when it passed, fails with an {@link AssertionError} that says why not. */
    public void run(Scenario scenario) {
        try (MechanismUnderTest mechanism = mechanisms.get()) {
            new ScenarioRun(scenario, mechanism, capabilities, patience, seed).run();
        }
    }
}
