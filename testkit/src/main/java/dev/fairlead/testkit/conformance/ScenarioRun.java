package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Capability;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plays one scenario on a thread of its own, so that a mechanism that hangs fails it instead of stopping the suite. */
final class ScenarioRun {
    private static final int WAITS_PER_SCENARIO = 6;

    private final Scenario scenario;
    private final MechanismUnderTest mechanism;
    private final Set<Capability> capabilities;
    private final Duration patience;
    private final long seed;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    ScenarioRun(
            Scenario scenario,
            MechanismUnderTest mechanism,
            Set<Capability> capabilities,
            Duration patience,
            long seed) {
        this.scenario = scenario;
        this.mechanism = mechanism;
        this.capabilities = capabilities;
        this.patience = patience;
        this.seed = seed;
    }

    void run() {
        Thread player =
                Thread.ofPlatform().daemon().name("scenario " + scenario.name()).unstarted(this::play);
        player.start();
        try {
            player.join(patience.multipliedBy(WAITS_PER_SCENARIO));
        } catch (InterruptedException interrupt) {
            player.interrupt();
            Thread.currentThread().interrupt();
            throw new AssertionError(scenario + " was interrupted", interrupt);
        }
        if (player.isAlive()) {
            String stack = Arrays.stream(player.getStackTrace())
                    .map(frame -> "\n    at " + frame)
                    .collect(Collectors.joining());
            player.interrupt();
            throw new AssertionError(scenario + ": did not end; it hangs" + stack);
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new AssertionError(scenario + ": " + Expect.describe(thrown), thrown);
        }
    }

    private void play() {
        try (Scope scope = new Scope(mechanism, capabilities, patience, seed)) {
            scenario.play(scope);
        } catch (Throwable thrown) {
            failure.set(thrown);
        }
    }
}
