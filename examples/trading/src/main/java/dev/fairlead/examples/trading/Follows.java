package dev.fairlead.examples.trading;

import dev.fairlead.api.Copy;

/** One reader's copy of one item, for those who watch all copies. */
record Follows(String reader, String item, Copy<?, ?> copy) {
    @Override
    public String toString() {
        return reader + "'s copy of " + item;
    }
}
