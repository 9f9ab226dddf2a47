package dev.fairlead.planner;

import java.util.Comparator;

/** A place in a plan file; line and column count from one, columns in characters as an editor shows them. */
public record Place(String file, int line, int column) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::file).thenComparingInt(Place::line).thenComparingInt(Place::column);

    /** The beginning of a file, for faults of the file as a whole. */
    static Place startOf(String file) {
        return new Place(file, 1, 1);
    }

    /** The place so many characters to the right. */
    Place right(int characters) {
        return new Place(file, line, column + characters);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** {@code FILE:LINE:COLUMN}, as editors and terminals make it clickable. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
