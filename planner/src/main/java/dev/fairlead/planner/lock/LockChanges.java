package dev.fairlead.planner.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells two locks apart, in the order of what they hold. */
final class LockChanges {
    private final List<String> lines = new ArrayList<>();

    private LockChanges() {}

    static List<String> between(Lock before, Lock after) {
        LockChanges changes = new LockChanges();
        for (String id : names(before.items(), after.items())) {
            LockedItem old = before.items().get(id);
            LockedItem now = after.items().get(id);
            if (old == null) {
                changes.lines.add(id + ": is new");
                changes.entries(
                        id,
                        "reader",
                        new TreeMap<>(),
                        Objects.requireNonNull(now).readers());
            } else if (now == null) {
                changes.lines.add(id + ": is gone");
            } else {
                changes.item(id, old, now);
            }
        }
        names(before.metrics(), after.metrics())
                .forEach(name -> changes.value(
                        "metric " + name,
                        text(before.metrics().get(name)),
                        text(after.metrics().get(name))));
        return List.copyOf(changes.lines);
    }

    private void item(String id, LockedItem old, LockedItem now) {
        if (!old.versions().equals(now.versions())) {
            lines.add(id + ": its schema changed, version " + old.version() + " -> " + now.version());
        }
        entries(id, "", old.places(), now.places());
        value(id + ": partitions", String.valueOf(old.partitions()), String.valueOf(now.partitions()));
        entries(id, "reader", old.readers(), now.readers());
    }

    private void entries(String id, String label, SortedMap<String, String> old, SortedMap<String, String> now) {
        for (String name : names(old, now)) {
            value(id + ": " + (label.isEmpty() ? "" : label + " ") + name, old.get(name), now.get(name));
        }
    }

    private void value(String what, @Nullable String old, @Nullable String now) {
        if (old == null) {
            lines.add(what + ": " + now + " is new");
        } else if (now == null) {
            lines.add(what + ": " + old + " is gone");
        } else if (!old.equals(now)) {
            lines.add(what + ": " + old + " -> " + now);
        }
    }

    private static @Nullable String text(@Nullable Double metric) {
        return metric == null ? null : LockFile.number(metric);
    }

    private static SortedSet<String> names(SortedMap<String, ?> one, SortedMap<String, ?> other) {
        SortedSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names;
    }
}
