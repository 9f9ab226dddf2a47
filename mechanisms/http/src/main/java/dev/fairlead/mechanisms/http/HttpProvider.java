package dev.fairlead.mechanisms.http;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import java.util.Map;
import java.util.Set;

/** Opens the http mechanism; each opening is one of its own at the node. */
public final class HttpProvider implements MechanismProvider {
    @Override
    public String name() {
        return HttpMechanism.NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return HttpMechanism.capabilities(Durability.D2);
    }

    @Override
    public Mechanism open(MechanismOpening opening) {
        return HttpMechanism.open(opening);
    }

    @Override
    public Map<String, String> forProofs() {
        return Map.of("clock", "ours");
    }

    @Override
    public void remove(MechanismOpening opening) {
        HttpMechanism.remove(opening);
    }
}
