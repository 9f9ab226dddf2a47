package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import java.util.Set;

/**
 * Opens the kafka mechanism.
 *
 * <p>Each opening has connections of its own. How strong an acknowledgement is depends on the settings of the brokers, which are read
 * at the opening and when a log is claimed.
 */
public final class KafkaProvider implements MechanismProvider {
    @Override
    public String name() {
        return KafkaMechanism.NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return KafkaMechanism.capabilities(Durability.D4);
    }

    @Override
    public Mechanism open(MechanismOpening opening) {
        return KafkaMechanism.open(opening);
    }

    @Override
    public void remove(MechanismOpening opening) {
        Removal.of(KafkaSettings.of(opening, System::getenv));
    }
}
