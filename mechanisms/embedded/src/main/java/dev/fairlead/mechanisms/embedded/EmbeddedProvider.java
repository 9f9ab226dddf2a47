package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import java.util.Set;

/**
 * Opens the embedded mechanism.
 *
 * <p>All openings of one data folder in this process share one store, and so do those in memory that name the same folder of
 * settings; each goes by the time of the first. Another process is refused with STORAGE_LOCKED.
 */
public final class EmbeddedProvider implements MechanismProvider {
    @Override
    public String name() {
        return EmbeddedMechanism.NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return EmbeddedMechanism.capabilities(Durability.D2);
    }

    @Override
    public Mechanism open(MechanismOpening opening) {
        return EmbeddedMechanism.open(opening);
    }
}
