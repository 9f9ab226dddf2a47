package dev.fairlead.planner;

import java.util.Comparator;

/** One thing that is wrong or worth knowing, at its place; the message says what is wrong and, in brackets, what to do. */
public record Finding(Rule rule, Severity severity, String message, Place place) {
    /** By file, line, column, rule and message. */
    public static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::place).thenComparing(Finding::rule).thenComparing(Finding::message);

    /** The finding on one line: {@code FILE:LINE:COLUMN: what is wrong (what to do)}. */
    public String line() {
        return place + ": " + message;
    }

    /** Whether what was written is wrong, so that nothing can be decided. */
    public boolean isInputError() {
        return severity == Severity.ERROR && rule.stage() == Rule.Stage.INPUT;
    }
}
