package dev.fairlead.planner.lock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is locked of one item.
 *
 * @param versions the hashes of its schema, oldest first; the last one holds
 * @param places what it is called where it is kept: {@code topic}, {@code table} or {@code queue} to a name
 * @param partitions how many its log has; once locked it stays, since to change it would move keys and break their order
 * @param readers how it reaches each, for example {@code feed on embedded}
 */
public record LockedItem(
        List<String> versions, SortedMap<String, String> places, int partitions, SortedMap<String, String> readers) {
    public LockedItem {
        versions = List.copyOf(versions);
        places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
        readers = Collections.unmodifiableSortedMap(new TreeMap<>(readers));
    }

    /** The number of the version that holds, counted from one. */
    public int version() {
        return versions.size();
    }

    LockedItem after(LockedItem earlier) {
        List<String> all = new ArrayList<>(earlier.versions);
        if (all.isEmpty() || !all.getLast().equals(versions.getLast())) {
            all.addAll(versions);
        }
        return new LockedItem(all, places, earlier.partitions, readers);
    }
}
