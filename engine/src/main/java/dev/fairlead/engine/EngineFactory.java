package dev.fairlead.engine;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadFactory;
import dev.fairlead.api.Item;
import java.nio.file.Path;
import java.util.List;

/** Opens services for {@link Fairlead#open}, with all defaults; {@link Opening} has the choices. */
public final class EngineFactory implements FairleadFactory {
    @Override
    public Fairlead open(String service, Path plan, List<Item> items) {
        return Opening.of(service, plan).items(items.toArray(Item[]::new)).open();
    }
}
