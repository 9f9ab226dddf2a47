package dev.fairlead.examples.store;

import dev.fairlead.api.FollowStatus;
import dev.fairlead.api.Following;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.api.Position;
import java.util.Set;
import java.util.TreeSet;

/** One service's group of one log, for those who watch all groups. */
record Group(String service, String name, Following<String, ?> following) {
    /** Whether everything that is in the log is handled or parked. */
    boolean isDone() {
        FollowStatus status = following.status();
        return status.replay().isEmpty()
                && status.done().offset() >= status.end().offset();
    }

    Set<String> parked() {
        Set<String> keys = new TreeSet<>();
        following.parked().stream().map(ParkedKey::key).forEach(keys::add);
        return keys;
    }

    /** Runs a group whose projection lives in memory over the whole log again, if it is not new. */
    void rebuild() {
        if (following.status().done().offset() > 0) {
            following.replay(new Position(0, 0));
        }
    }

    @Override
    public String toString() {
        return service + "." + name;
    }
}
