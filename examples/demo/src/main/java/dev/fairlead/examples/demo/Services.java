package dev.fairlead.examples.demo;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Item;
import dev.fairlead.engine.Opening;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How the services of the demo are opened: all on the same plan and in one process, each under its own name.
 *
 * @param plan the folder of the plan files
 * @param mechanisms what carries the items
 * @param time that they go by
 */
public record Services(Path plan, List<Mechanism> mechanisms, TimeSource time) {
    public Services {
        mechanisms = List.copyOf(mechanisms);
    }

    public Fairlead open(String service, Item... items) {
        Opening opening = Opening.of(service, plan).time(time).items(items);
        mechanisms.forEach(opening::mechanism);
        return opening.open();
    }

    /** The mechanism that carries the item, as it was decided. */
    public Mechanism carrier(String item) {
        Plan read = Objects.requireNonNull(PlanReader.read(plan).plan());
        String name = Decisions.decide(read).of(ItemId.of(item)).getFirst().mechanism();
        return mechanisms.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The same, with something else between these services and the others. */
    public Services on(List<Mechanism> others) {
        return new Services(plan, others, time);
    }
}
