package dev.fairlead.planner.check;

import java.util.Locale;

/** Which pairs of an owner's version and a reader's version must fit; it follows from how long records live. */
public enum Mode {
    /** Every version whose records may still be in the log, in both directions. */
    FULL_TRANSITIVE,
    /** The versions that may meet while services are deployed, in both directions. */
    FULL;

    /** The word used in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
