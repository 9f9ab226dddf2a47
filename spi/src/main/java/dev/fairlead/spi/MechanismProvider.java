package dev.fairlead.spi;

import java.util.Set;

/** Opens one kind of mechanism; found through {@link java.util.ServiceLoader}. */
public interface MechanismProvider {
    /** The name that plans use, such as {@code embedded}. */
    String name();

    /** What the mechanism can do with its best settings; an instance may declare less. */
    Set<Capability> capabilities();

    /**
     * Opens the mechanism, or shares an instance that is already open in this process with the same settings; each opening is
     * closed by its opener, and the last close ends the instance.
     *
     * @throws dev.fairlead.api.FairleadException when a setting is unknown or wrong, or what it needs cannot be had
     */
    Mechanism open(MechanismOpening opening);
}
