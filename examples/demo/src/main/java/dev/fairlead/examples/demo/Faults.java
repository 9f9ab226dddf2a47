package dev.fairlead.examples.demo;

import dev.fairlead.spi.Mechanism;
import dev.fairlead.testkit.faults.FaultyMechanism;
import java.util.List;

/** Mechanisms between which and a service faults happen. What they wrap stays its opener's to close. */
public final class Faults {
    private final Services services;

    private Faults(Services services) {
        this.services = services;
    }

    /** Between the mechanisms of the services and those that are given the wrapped ones. */
    public static Faults around(Services services, long seed) {
        List<Mechanism> faulty = services.mechanisms().stream()
                .<Mechanism>map(mechanism -> FaultyMechanism.around(mechanism, services.time(), seed))
                .toList();
        return new Faults(services.on(faulty));
    }

    /** The wrapped ones. */
    public List<Mechanism> mechanisms() {
        return services.mechanisms();
    }

    /** The one that carries the item, as it was decided. */
    public FaultyMechanism carrying(String item) {
        return (FaultyMechanism) services.carrier(item);
    }
}
