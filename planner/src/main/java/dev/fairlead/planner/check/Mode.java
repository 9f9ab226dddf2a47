package dev.fairlead.planner.check;

import java.util.Locale;

/** Which pairs of an owner's version and a reader's version must fit; it follows from how long records live. */
public enum Mode {
    /** Every version whose records may still be in the log, in both directions. */
    FULL_TRANSITIVE,
    /** The versions that may meet while services are deployed, in both directions. */
    FULL,
    /** The versions that may meet while services are deployed; the owner's table is changed as a whole, and columns go when no grant uses them. */
    EXPAND_CONTRACT;

    /** The word used in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
