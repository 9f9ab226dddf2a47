package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import java.util.Set;

/**
 * Opens the redis mechanism.
 *
 * <p>Each opening has connections of its own. How strong an acknowledgement is depends on the server's own settings, which are read
 * whenever a connection is made.
 */
public final class RedisProvider implements MechanismProvider {
    @Override
    public String name() {
        return RedisMechanism.NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return RedisMechanism.capabilities(Durability.D2);
    }

    @Override
    public Mechanism open(MechanismOpening opening) {
        return RedisMechanism.open(opening);
    }

    @Override
    public void remove(MechanismOpening opening) {
        try (RedisMechanism mechanism = RedisMechanism.open(opening)) {
            mechanism.deleteKeys();
        }
    }
}
