package dev.fairlead.examples.trading;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Item;
import dev.fairlead.engine.Opening;
import dev.fairlead.spi.Mechanism;
import java.nio.file.Path;

/**
 * How the services of the demo are opened: all on the same plan and in one process, each under its own name.
 *
 * @param plan the folder of the plan files
 * @param mechanism what carries the items
 */
record Services(Path plan, Mechanism mechanism) {
    Fairlead open(String service, Item... items) {
        return Opening.of(service, plan).mechanism(mechanism).items(items).open();
    }

    /** The same, with something else between these services and the others. */
    Services on(Mechanism other) {
        return new Services(plan, other);
    }
}
