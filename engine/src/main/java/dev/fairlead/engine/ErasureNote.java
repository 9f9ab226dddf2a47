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
    private final String group;

    private ErasureNote(Log log, String item, String holder, String group) {
        this.log = log;
        this.item = item;
        this.holder = holder;
        this.group = group;
    }

    static boolean supportedBy(Mechanism mechanism) {
        return mechanism.capabilities().containsAll(NEEDED);
    }

    /** What the part of a service says by a note of its own. */
    static ErasureNote of(Log log, String item, String service, String part) {
        String holder = service + "/" + part;
        return new ErasureNote(log, item, holder, holder);
    }

    /** What a group says by its own position, since it comes past an erasure only when it has done its part. */
    static ErasureNote ofGroup(Log log, String item, FollowerList.Name name) {
        return new ErasureNote(log, item, name.holder(), name.position());
    }

    String holder() {
        return holder;
    }

    /** Up to where the holder is done; empty for one that was never there. */
    Optional<Long> below() {
        return log.committed(item, group, 0).map(Position::offset);
    }

    /** Says so, durably when it returns. Another instance of the service may have said more. */
    void write(long below) {
        if (this.below().orElse(-1L) < below) {
            log.commit(item, group, new Position(0, below));
        }
    }
}
