package dev.fairlead.mechanisms.embedded;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The messages of a queue that receivers hold, and whose lease ends first. Guarded by the lock of its {@link OpenQueue}. */
final class HeldMessages {
    private final Map<Long, HeldMessage> held = new HashMap<>();
    private final TreeSet<HeldMessage> leases = new TreeSet<>(HeldMessage.BY_LEASE);

    int size() {
        return held.size();
    }

    List<HeldMessage> all() {
        return List.copyOf(held.values());
    }

    @Nullable
    HeldMessage at(long place) {
        return held.get(place);
    }

    boolean holds(HeldMessage message) {
        return held.get(message.place()) == message;
    }

    void hold(HeldMessage message) {
        held.put(message.place(), message);
        message.receiver().holds(1);
    }

    void release(HeldMessage message) {
        if (held.remove(message.place(), message)) {
            message.receiver().holds(-1);
        }
    }

    /** The lease of a message that is held begins, or goes on. */
    void lease(HeldMessage message) {
        leases.add(message);
    }

    /** The lease ends no more. */
    void unlease(HeldMessage message) {
        leases.remove(message);
    }

    /** The message whose lease ends first. */
    @Nullable
    HeldMessage firstToEnd() {
        return leases.isEmpty() ? null : leases.first();
    }
}
