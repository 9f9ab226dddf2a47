package dev.fairlead.engine.topic;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.Topic;
import java.util.EnumSet;
import java.util.Set;

/**
 * Carries state where a mechanism has topics and questions, and no log: the owner's log in a store of its process, a relay of its records
 * onto a topic, and questions to the owner for what a reader has not heard.
 */
public final class StateOnTopic {
    private static final Set<Capability> NEEDED = EnumSet.of(Capability.TOPIC, Capability.CALL);

    private StateOnTopic() {}

    /** Whether the mechanism can carry state in this way alone. */
    public static boolean isMeantFor(Mechanism mechanism) {
        return !(mechanism instanceof Log)
                && mechanism instanceof Topic
                && mechanism instanceof Call
                && mechanism.capabilities().containsAll(NEEDED);
    }

    /**
     * What an owner writes to; both mechanisms stay the caller's to close.
     *
     * @param carrier one that {@link #isMeantFor} accepts
     * @param store where the owner's log stands, with {@link Log} and {@link Table}
     */
    public static Mechanism ofOwner(Mechanism carrier, Mechanism store) {
        Set<Capability> missing = Topic.state();
        missing.add(Capability.GROUP_POSITIONS);
        missing.removeAll(store.capabilities());
        if (!(store instanceof Log log) || !(store instanceof Table table) || !missing.isEmpty()) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    "the mechanism " + store.name() + " cannot keep what an owner shares over topics: it lacks "
                            + missing + " (offer `embedded` in the landscape)");
        }
        return new OwnerSide(carrier.name(), (Topic) carrier, (Call) carrier, store.capabilities(), log, table);
    }

    /** What copies and lookups read; the carrier stays the caller's to close. */
    public static Mechanism ofReader(Mechanism carrier) {
        return new ReaderSide(carrier.name(), (Topic) carrier, (Call) carrier);
    }
}
