package dev.fairlead.testkit.conformance;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.util.EnumSet;
import java.util.Set;

/** The reference mechanism, or a mutant of it, in the suite. */
final class ReferenceUnderTest implements MechanismUnderTest {
    private final ReferenceStore store = new ReferenceStore();
    private final Set<Capability> capabilities;
    private final Opener opener;

    ReferenceUnderTest(Set<Capability> capabilities, Opener opener) {
        this.capabilities = capabilities;
        this.opener = opener;
    }

    static ReferenceUnderTest complete() {
        return new ReferenceUnderTest(EnumSet.allOf(Capability.class), ReferenceMechanism::new);
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public Durability durability() {
        return capabilities.contains(Capability.SURVIVES_KILL) ? Durability.D1 : Durability.D0;
    }

    @Override
    public Mechanism open(TimeSource time) {
        return opener.open(store, capabilities, time);
    }

    @Override
    public void dispose() {
        store.logs.clear();
        store.queues.clear();
    }

    @FunctionalInterface
    interface Opener {
        ReferenceMechanism open(ReferenceStore store, Set<Capability> capabilities, TimeSource time);
    }
}
