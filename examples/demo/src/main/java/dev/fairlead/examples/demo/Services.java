package dev.fairlead.examples.demo;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Item;
import dev.fairlead.engine.Opening;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;

/**
 * How the services of the demo are opened: all on the same plan and in one process, each under its own name.
 *
 * @param plan the folder of the plan files
 * @param mechanism what carries the items
 * @param time that they go by
 */
public record Services(Path plan, Mechanism mechanism, TimeSource time) {
    public Fairlead open(String service, Item... items) {
        return Opening.of(service, plan)
                .mechanism(mechanism)
                .time(time)
                .items(items)
                .open();
    }

    /** The same, with something else between these services and the others. */
    public Services on(Mechanism other) {
        return new Services(plan, other, time);
    }
}
