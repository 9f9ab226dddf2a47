package dev.fairlead.cli;

import dev.fairlead.api.Durability;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What is to be proven.
 *
 * @param levels the durabilities at which it is
 * @param weakened the settings of its server that keep it below D2, each with what would help
 * @param patience how long one wait of a scenario may take
 * @param data a new place for data at a level, for one scenario
 */
record ProofTarget(
        List<Durability> levels, List<String> weakened, Duration patience, Function<Durability, ProvenData> data) {
    private static final Duration LOCAL = Duration.ofSeconds(30);

    ProofTarget {
        levels = List.copyOf(levels);
        weakened = List.copyOf(weakened);
    }

    /** The embedded mechanism, on temporary folders. */
    static ProofTarget embedded() {
        return new ProofTarget(
                List.of(Durability.D0, Durability.D1, Durability.D2), List.of(), LOCAL, ProvenMechanism::new);
    }
}
