package dev.fairlead.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers what the parts of a service have still to do. For one thread. */
final class WorkReport {
    private final List<String> busy = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private final Map<String, Long> marks = new HashMap<>();

    /** A part that has work to report. */
    interface Source {
        void report(WorkReport report);
    }

    void busy(String what) {
        busy.add(what);
    }

    void waiting(String what) {
        waiting.add(what);
    }

    /** How far the part is: a number that never falls; parts of one name are added up. */
    void mark(String part, long reached) {
        marks.merge(part, reached, Long::sum);
    }

    OpenWork work() {
        return new OpenWork(busy, waiting, marks);
    }
}
