package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import java.util.Set;

/**
 * Opens the activemq mechanism.
 *
 * <p>Each opening has connections of its own. How strong an acknowledgement is depends on the broker, which is asked at the opening.
 */
public final class ActivemqProvider implements MechanismProvider {
    @Override
    public String name() {
        return ActivemqMechanism.NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return ActivemqMechanism.capabilities(Durability.D2);
    }

    @Override
    public Mechanism open(MechanismOpening opening) {
        return ActivemqMechanism.open(opening);
    }

    @Override
    public void remove(MechanismOpening opening) {
        try (ActivemqMechanism mechanism = ActivemqMechanism.open(opening)) {
            mechanism.remove();
        }
    }
}
