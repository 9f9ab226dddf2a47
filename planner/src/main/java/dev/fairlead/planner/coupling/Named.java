package dev.fairlead.planner.coupling;

import java.util.AbstractList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;

/**
 * Some of the services, by name, held as a bit for each: in a large landscape nearly all may stand in the list of nearly all.
 *
 * <p>To be gone through from the beginning; {@link #get} does so each time.
 */
final class Named extends AbstractList<String> {
    private final List<String> names;
    private final BitSet members;
    private final int size;

    /** @param members the places in {@code names}, not changed any more */
    Named(List<String> names, BitSet members) {
        this.names = names;
        this.members = members;
        this.size = members.cardinality();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        int at = members.nextSetBit(0);
        for (int passed = 0; passed < index; passed++) {
            at = members.nextSetBit(at + 1);
        }
        return names.get(at);
    }

    @Override
    public Iterator<String> iterator() {
        return members.stream().mapToObj(names::get).iterator();
    }
}
