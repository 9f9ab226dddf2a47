package dev.fairlead.spi;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.Map;
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
     * @throws FairleadException when a setting is unknown or wrong, or what it needs cannot be had
     */
    Mechanism open(MechanismOpening opening);

    /** Settings that a proof adds to those of its user, such as the one by which a server's clock follows that of a scenario. */
    default Map<String, String> forProofs() {
        return Map.of();
    }

    /**
     * Takes away for good all that openings with these settings have made: data, and what the mechanism keeps beside it. On a server that is
     * what carries the setting {@code prefix} in its name, and nothing else. Proofs and demos leave nothing behind that way; nobody may
     * have the mechanism open with these settings meanwhile. Blocks until it is gone; where nothing was made, nothing happens.
     *
     * @throws FairleadException as {@link #open} does; with CAPABILITY when the mechanism cannot
     */
    default void remove(MechanismOpening opening) {
        throw new FairleadException(
                ErrorCode.CAPABILITY, "what the mechanism " + name() + " has made must be taken away by hand");
    }
}
