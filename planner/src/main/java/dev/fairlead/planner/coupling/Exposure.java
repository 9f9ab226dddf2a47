package dev.fairlead.planner.coupling;

import java.util.Collection;

/**
 * How widely items are read.
 *
 * @param items how many items there are
 * @param readings how many services read each, all together
 * @param fields over all items, fields times readers
 */
record Exposure(int items, int readings, int fields) {
    static final Exposure NONE = new Exposure(0, 0, 0);

    static Exposure of(Structure structure) {
        FieldUse uses = new FieldUse();
        int readings = 0;
        int fields = 0;
        for (var share : structure.items()) {
            int readers = (int) structure.ofItem(share.id()).stream()
                    .map(Dependency::reader)
                    .distinct()
                    .count();
            readings += readers;
            fields += readers * uses.fields(share).size();
        }
        return new Exposure(structure.items().size(), readings, fields);
    }

    /** The share of possible readings that there are, when each item could be read by all services but its owner. */
    double used(Collection<String> services) {
        double possible = (double) items * Math.max(0, services.size() - 1);
        return possible == 0 ? 0 : readings / possible;
    }
}
