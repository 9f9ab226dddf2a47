package dev.fairlead.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects findings while a plan is read, so that all faults come out at once; stops collecting at a limit. */
final class Findings {
    static final int LIMIT = 1_000;

    private final List<Finding> list = new ArrayList<>();
    private final int limit;

    Findings() {
        this(LIMIT);
    }

    private Findings(int limit) {
        this.limit = limit;
    }

    /** Collects all, since what can be found is bounded by a plan that has been read. */
    static Findings unlimited() {
        return new Findings(Integer.MAX_VALUE);
    }

    void error(Rule rule, Place place, String message) {
        add(new Finding(rule, Severity.ERROR, message, place));
    }

    void warning(Rule rule, Place place, String message) {
        add(new Finding(rule, Severity.WARNING, message, place));
    }

    void note(Rule rule, Place place, String message) {
        add(new Finding(rule, Severity.NOTE, message, place));
    }

    boolean hasErrors() {
        return hasErrorsBeside(Set.of());
    }

    /** Whether there is an input error of a rule that is not one of these. */
    boolean hasErrorsBeside(Set<Rule> passed) {
        return list.stream().anyMatch(each -> each.isInputError() && !passed.contains(each.rule()));
    }

    /** All findings by file, line and column. */
    List<Finding> sorted() {
        return list.stream().sorted(Finding.ORDER).distinct().toList();
    }

    private void add(Finding finding) {
        if (list.size() < limit) {
            list.add(finding);
        } else if (list.size() == limit) {
            list.add(new Finding(
                    Rule.TOO_LARGE,
                    Severity.ERROR,
                    "there are more than 1000 findings; the others are not shown (put these right first)",
                    finding.place()));
        }
    }
}
