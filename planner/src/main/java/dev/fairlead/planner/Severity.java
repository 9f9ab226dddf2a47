package dev.fairlead.planner;

import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
    /** Must be put right. */
    ERROR,
    /** Should be looked at. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** The word used in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
