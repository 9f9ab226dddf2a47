package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Which groups are followed in this process, so that none is followed twice. Safe for many threads. */
final class TakenGroups {
    private static final Set<Taken> TAKEN = ConcurrentHashMap.newKeySet();

    private TakenGroups() {}

    private record Taken(Object place, String log) {}

    /** A group that is taken until this is closed; safe to close twice. */
    static AutoCloseable take(Object place, String log, String name) {
        Taken taken = new Taken(place, log);
        if (!TAKEN.add(taken)) {
            throw new FairleadException(
                    ErrorCode.GROUP_TAKEN,
                    name + " is followed in this process already (close that follower first, or choose another group)");
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                TAKEN.remove(taken);
            }
        };
    }
}
