package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import java.util.Set;

/**
 * Opens the sql mechanism.
 *
 * <p>All openings with the same settings in this process share one pool of connections. How strong an acknowledgement is depends on the
 * server's own settings, which are read when it is opened.
 */
public final class SqlProvider implements MechanismProvider {
    @Override
    public String name() {
        return SqlMechanism.NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return SqlMechanism.capabilities(Durability.D4);
    }

    /** Drops the tables whose names begin with the setting {@code prefix}. */
    @Override
    public void remove(MechanismOpening opening) {
        SqlMechanism.remove(opening);
    }

    @Override
    public Mechanism open(MechanismOpening opening) {
        return SqlMechanism.open(opening);
    }
}
