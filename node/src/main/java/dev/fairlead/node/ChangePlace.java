package dev.fairlead.node;

import java.util.Comparator;

/**
 * A place among the changes of an item, in the order in which its readers get them.
 *
 * @param sequence up to where the log was seen
 * @param late how many records of before that had come late by then
 */
record ChangePlace(long sequence, int late) implements Comparable<ChangePlace> {
    /** Before all changes. */
    static final ChangePlace BEGIN = at(-1);

    private static final Comparator<ChangePlace> ORDER =
            Comparator.comparingLong(ChangePlace::sequence).thenComparingInt(ChangePlace::late);

    /** Where the record of this sequence stands that came in its order. */
    static ChangePlace at(long sequence) {
        return new ChangePlace(sequence, 0);
    }

    /** The next for a record that came late. */
    ChangePlace later() {
        return new ChangePlace(sequence, late + 1);
    }

    ChangePlace max(ChangePlace other) {
        return compareTo(other) < 0 ? other : this;
    }

    @Override
    public int compareTo(ChangePlace other) {
        return ORDER.compare(this, other);
    }
}
