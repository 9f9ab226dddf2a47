package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import java.util.Map;
import java.util.Set;

/**
 * Opens the rabbitmq mechanism.
 *
 * <p>Each opening has connections of its own. How strong an acknowledgement is depends on how many nodes keep a stream or queue.
 */
public final class RabbitProvider implements MechanismProvider {
    @Override
    public String name() {
        return RabbitMechanism.NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return RabbitMechanism.capabilities(Durability.D3);
    }

    @Override
    public Mechanism open(MechanismOpening opening) {
        return RabbitMechanism.open(opening);
    }

    /** A proof makes hundreds of queues and kills no server. */
    @Override
    public Map<String, String> forProofs() {
        return Map.of("creation-wait", "0ms");
    }

    @Override
    public void remove(MechanismOpening opening) {
        Removal.of(RabbitSettings.of(opening, System::getenv));
    }
}
