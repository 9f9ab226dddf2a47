package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Place;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what is to be said against a structure. */
final class Judgements {
    private final List<Finding> list = new ArrayList<>();

    void error(Rule rule, Place place, String message) {
        list.add(new Finding(rule, Severity.ERROR, message, place));
    }

    void warning(Rule rule, Place place, String message) {
        list.add(new Finding(rule, Severity.WARNING, message, place));
    }

    void note(Rule rule, Place place, String message) {
        list.add(new Finding(rule, Severity.NOTE, message, place));
    }

    List<Finding> sorted() {
        return list.stream().sorted(Finding.ORDER).toList();
    }
}
