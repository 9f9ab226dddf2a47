package dev.fairlead.engine;

import dev.fairlead.api.Position;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.Mechanism;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What one holder has said about erasures: that nothing of what the records below a position erased is held any more. Kept as a
 * reader group's position in the item's own log, so that it is as durable as the log and needs no writer of its own.
 */
final class ErasureNote {
    private static final Set<Capability> NEEDED = EnumSet.of(Capability.ERASE, Capability.GROUP_POSITIONS);

    private final Log log;
    private final String item;
    private final String holder;

    private ErasureNote(Log log, String item, String holder) {
        this.log = log;
        this.item = item;
        this.holder = holder;
    }

    static boolean supportedBy(Mechanism mechanism) {
        return mechanism.capabilities().containsAll(NEEDED);
    }

    static ErasureNote ofLog(Log log, ItemPlan plan) {
        return new ErasureNote(log, plan.id(), plan.owner() + "/log");
    }

    static ErasureNote ofCopy(Log log, ItemPlan plan, String service) {
        return new ErasureNote(log, plan.id(), service + "/copy");
    }

    String holder() {
        return holder;
    }

    /** Up to where the holder is done; empty for one that was never there. */
    Optional<Long> below() {
        return log.committed(item, holder, 0).map(Position::offset);
    }

    /** Says so, durably when it returns. Another instance of the service may have said more. */
    void write(long below) {
        if (this.below().orElse(-1L) < below) {
            log.commit(item, holder, new Position(0, below));
        }
    }
}
