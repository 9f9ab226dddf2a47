package dev.fairlead.examples.demo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param checks the judged stories, in the order in which they were played
 * @param figures what was measured, units in the names
 */
public record DemoResult(List<Check> checks, Map<String, Number> figures) {
    /**
     * The verdict on one story.
     *
     * @param name as scripts know it
     * @param passed whether it went as it must
     * @param detail what was seen
     */
    public record Check(String name, boolean passed, String detail) {}

    public DemoResult {
        checks = List.copyOf(checks);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** Whether every story went as it must. */
    public boolean passed() {
        return checks.stream().allMatch(Check::passed);
    }

    /** The whole in one sentence. */
    public String verdict() {
        long good = checks.stream().filter(Check::passed).count();
        return good == checks.size()
                ? "all " + good + " checks passed"
                : (checks.size() - good) + " of " + checks.size() + " checks failed";
    }
}
