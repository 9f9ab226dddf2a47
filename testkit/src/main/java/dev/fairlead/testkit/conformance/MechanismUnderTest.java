package dev.fairlead.testkit.conformance;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.util.Optional;

/**
 * A mechanism's place in the conformance suite: data of its own, on which instances are opened one after another.
 *
 * <p>Each scenario gets a new one and closes every instance that it opened; {@link #dispose} then takes the data away.
 */
public interface MechanismUnderTest extends AutoCloseable {
    /** The mechanism's name, as plans use it. */
    String name();

    /** The level at which the scenarios define their logs and queues. */
    Durability durability();

    /**
     * Opens an instance on the data: empty the first time, what the last instance left after that. Scenarios of
     * {@link dev.fairlead.spi.Capability#CALL} and {@link dev.fairlead.spi.Capability#QUEUE} have two open at once.
     */
    Mechanism open(TimeSource time);

    /** Lets the instance do now what retention does in the background, as thoroughly as it can. Returns when it is done. */
    default void applyRetention(Mechanism mechanism, String log) {
        ((Log) mechanism).applyRetention(log);
    }

    /** How another process opens the same data, where a process can be killed without harm to anything else. */
    default Optional<ChildOpening> child() {
        return Optional.empty();
    }

    /** Where it is, as a landscape names it: by that a planner tells what it can do. None where the name of the mechanism says it. */
    default Optional<String> url() {
        return Optional.empty();
    }

    /** Takes the data away. */
    void dispose();

    /** Disposes, so that a failure of that does not take the place of the one that came before. */
    @Override
    default void close() {
        dispose();
    }
}
