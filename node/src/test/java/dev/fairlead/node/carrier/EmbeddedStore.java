package dev.fairlead.node.carrier;

import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;

/** The store that a node lends, opened by itself. */
final class EmbeddedStore {
    private EmbeddedStore() {}

    static Mechanism in(Path folder) {
        return ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("embedded"))
                .findFirst()
                .orElseThrow()
                .open(new MechanismOpening(Map.of("durability", "D0"), folder, TimeSource.SYSTEM));
    }
}
