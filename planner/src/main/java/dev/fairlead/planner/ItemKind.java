package dev.fairlead.planner;

import java.util.Locale;

/** What an item is. */
public enum ItemKind {
    /** The latest value per key. */
    STATE,
    /** Something that happened. */
    EVENT,
    /** A question and its answer. */
    REQUEST;

    /** The word used in plans and reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
