package dev.fairlead.examples.demo;

import dev.fairlead.api.Copy;

/** One reader's copy of one item, for those who watch all copies. */
public record Follows(String reader, String item, Copy<?, ?> copy) {
    /** What there is to see of it now. */
    public CopyRow row() {
        return new CopyRow(
                reader, item, copy.health(), copy.statistics(), copy.digest().entries());
    }

    @Override
    public String toString() {
        return reader + "'s copy of " + item;
    }
}
