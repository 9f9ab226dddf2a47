package dev.fairlead.examples.demo;

import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.testkit.faults.FaultyMechanism;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Mechanisms between which and a service faults happen. What they wrap stays its opener's to close. */
public final class Faults {
    private final Path plan;
    private final List<FaultyMechanism> faulty;

    private Faults(Path plan, List<FaultyMechanism> faulty) {
        this.plan = plan;
        this.faulty = faulty;
    }

    /** Between the mechanisms of the services and those that are given the wrapped ones. */
    public static Faults around(Services services, long seed) {
        return new Faults(
                services.plan(),
                services.mechanisms().stream()
                        .map(mechanism -> FaultyMechanism.around(mechanism, services.time(), seed))
                        .toList());
    }

    /** The wrapped ones. */
    public List<Mechanism> mechanisms() {
        return List.copyOf(faulty);
    }

    /** The one that carries the item, as it was decided. */
    public FaultyMechanism carrying(String item) {
        Plan read = Objects.requireNonNull(PlanReader.read(plan).plan());
        String carrier = Decisions.decide(read).of(ItemId.of(item)).getFirst().mechanism();
        return faulty.stream()
                .filter(each -> each.name().equals(carrier))
                .findFirst()
                .orElseThrow();
    }
}
