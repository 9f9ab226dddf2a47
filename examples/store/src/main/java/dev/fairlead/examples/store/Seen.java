package dev.fairlead.examples.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which events a follower has seen: its own account, to compare with others'. Safe for many threads. */
final class Seen {
    private final Map<String, List<Long>> versions = new HashMap<>();

    /** Notes an event; returns whether it is new. */
    synchronized boolean isNew(String key, long version) {
        List<Long> seen = versions.computeIfAbsent(key, none -> new ArrayList<>());
        if (seen.contains(version)) {
            return false;
        }
        seen.add(version);
        return true;
    }

    /** The versions of a key, in the order in which they first came. */
    synchronized List<Long> of(String key) {
        return List.copyOf(versions.getOrDefault(key, List.of()));
    }

    synchronized Map<String, List<Long>> all() {
        Map<String, List<Long>> copy = new HashMap<>();
        versions.forEach((key, seen) -> copy.put(key, List.copyOf(seen)));
        return copy;
    }
}
