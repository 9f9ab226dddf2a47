package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * All groups that ever followed an item, in a log of their own, so that its owner knows whom an erasure concerns.
 *
 * <p>A group is written once, at its first follow; the log is read before, so that usually nobody claims it.
 */
final class FollowerList {
    private static final byte[] NOTHING = {};

    private final SharedLog log;

    private FollowerList(SharedLog log) {
        this.log = log;
    }

    /** A group of a service. */
    record Name(String service, String group) implements Comparable<Name> {
        /** Under which it notes its position in the item's log. */
        String position() {
            return service + "." + group;
        }

        /** As a report names it. */
        String holder() {
            return service + "/" + group;
        }

        @Override
        public int compareTo(Name other) {
            return position().compareTo(other.position());
        }
    }

    static FollowerList of(String item, Log log, Durability durability) {
        return new FollowerList(new SharedLog(item + ".followers", log, durability));
    }

    List<Name> names() {
        TreeSet<Name> names = new TreeSet<>();
        log.read().forEach(record -> names.add(parse(record.key())));
        return new ArrayList<>(names);
    }

    /** Writes the group down, durably when it returns, unless it is there. */
    void join(Name group) {
        if (!names().contains(group)) {
            byte[] key = group.holder().getBytes(StandardCharsets.UTF_8);
            log.add(group.service(), new LogEntry(key, NOTHING, NOTHING));
        }
    }

    private static Name parse(byte[] key) {
        String[] parts = new String(key, StandardCharsets.UTF_8).split("/", 2);
        return new Name(parts[0], parts[parts.length - 1]);
    }
}
