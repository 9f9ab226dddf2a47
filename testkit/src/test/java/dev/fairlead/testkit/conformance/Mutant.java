package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Capability;
import java.util.EnumSet;
import java.util.Set;

/**
 * A mechanism that breaks one promise.
 *
 * @param name what it does wrong
 * @param group the group of scenarios that must notice
 * @param declared the capabilities that it claims
 */
record Mutant(String name, String group, Set<Capability> declared, ReferenceUnderTest.Opener opener) {
    static Mutant of(String group, String name, ReferenceUnderTest.Opener opener) {
        return new Mutant(name, group, EnumSet.allOf(Capability.class), opener);
    }

    /** Does silently what it does not declare. */
    static Mutant undeclaredWorks(Capability capability) {
        Set<Capability> declared = EnumSet.complementOf(EnumSet.of(capability));
        return new Mutant(
                "does not declare " + capability + " and does it",
                "refusals",
                declared,
                (store, capabilities, time) -> new ReferenceMechanism(store, capabilities, time) {
                    @Override
                    protected void require(Capability needed, String log) {}
                });
    }

    /** Refuses what it declares. */
    static Mutant declaredRefused(Capability capability, String group) {
        return of(group, "declares " + capability + " and refuses it", (store, capabilities, time) -> {
            Set<Capability> able = EnumSet.complementOf(EnumSet.of(capability));
            return new ReferenceMechanism(store, able, time) {
                @Override
                public Set<Capability> capabilities() {
                    return EnumSet.allOf(Capability.class);
                }
            };
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
