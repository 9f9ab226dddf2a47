package dev.fairlead.planner;

import java.util.Locale;

/** How an item reaches a reader. */
public enum Scenario {
    /** The reader holds a copy that follows every change. */
    FEED,
    /** The reader asks the owner. */
    REQUEST,
    /** The reader handles each thing that happened, in order per key. */
    EVENTS;

    /** The word used in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
