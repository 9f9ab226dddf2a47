package dev.fairlead.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Collects findings while a plan is read, so that all faults come out at once; stops collecting at a limit. */
final class Findings {
    static final int LIMIT = 1_000;

    private final List<Finding> list = new ArrayList<>();
    private final int limit;
    private final AtomicLong importedBytes;

    Findings() {
        this(LIMIT, new AtomicLong());
    }

    private Findings(int limit, AtomicLong importedBytes) {
        this.limit = limit;
        this.importedBytes = importedBytes;
    }

    /** Collects all, since what can be found is bounded by a plan that has been read. */
    static Findings unlimited() {
        return new Findings(Integer.MAX_VALUE, new AtomicLong());
    }

    /** For one file of the same reading, to be added when it is the file's turn. */
    Findings ofOneFile() {
        return new Findings(limit, importedBytes);
    }

    void addAll(Findings others) {
        others.list.forEach(this::add);
    }

    /** Whether so many bytes more, of files that plan files name, are within the limit of one reading. */
    boolean admit(long bytes) {
        return importedBytes.addAndGet(bytes) <= PlanLimits.ALL_BYTES;
    }

    /** The bytes of files that plan files name, as far as they were read. */
    long importedBytes() {
        return importedBytes.get();
    }

    /** Forgets what was read of them since there were so many. */
    void importedBytes(long before) {
        importedBytes.set(before);
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

    boolean isEmpty() {
        return list.isEmpty();
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
