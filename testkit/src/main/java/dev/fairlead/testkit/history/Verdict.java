package dev.fairlead.testkit.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a checker found: the breaches of each rule, and how much there was to judge.
 *
 * @param acknowledged how many sends succeeded
 * @param delivered how many deliveries there were
 * @param unknown how many sends ended with nobody knowing
 * @param judged the rules of which the history says anything; of the others it proves nothing
 * @param breaches how often each broken rule was broken
 * @param witnesses the first few breaches of each broken rule, in words
 */
public record Verdict(
        long acknowledged,
        long delivered,
        long unknown,
        Set<Rule> judged,
        Map<Rule, Long> breaches,
        Map<Rule, List<String>> witnesses) {
    private static final int WITNESSES = 8;

    public Verdict {
        judged = Collections.unmodifiableSet(withAll(judged));
        breaches = Collections.unmodifiableMap(new EnumMap<>(withKeys(breaches)));
        witnesses = Collections.unmodifiableMap(new EnumMap<>(withKeys(witnesses)));
    }

    private static Set<Rule> withAll(Set<Rule> rules) {
        EnumSet<Rule> copy = EnumSet.noneOf(Rule.class);
        copy.addAll(rules);
        return copy;
    }

    private static <T> Map<Rule, T> withKeys(Map<Rule, T> map) {
        EnumMap<Rule, T> copy = new EnumMap<>(Rule.class);
        copy.putAll(map);
        return copy;
    }

    /** Whether no rule was broken. */
    public boolean passed() {
        return breaches.isEmpty();
    }

    /** The same verdict by some of the rules: what is promised decides which of them count. */
    public Verdict by(Set<Rule> rules) {
        Map<Rule, Long> some = withKeys(breaches);
        some.keySet().retainAll(rules);
        Map<Rule, List<String>> told = withKeys(witnesses);
        told.keySet().retainAll(rules);
        Set<Rule> both = withAll(judged);
        both.retainAll(rules);
        return new Verdict(acknowledged, delivered, unknown, both, some, told);
    }

    /** Whether there was enough to judge: a run in which little happened proves nothing. */
    public boolean valid(long leastAcknowledged, long leastUnknown) {
        return acknowledged >= leastAcknowledged && unknown >= leastUnknown;
    }

    /** Collects breaches while a history is checked. */
    static final class Builder {
        private final Set<Rule> judged = EnumSet.noneOf(Rule.class);
        private final Map<Rule, Long> breaches = new EnumMap<>(Rule.class);
        private final Map<Rule, List<String>> witnesses = new EnumMap<>(Rule.class);
        long acknowledged;
        long delivered;
        long unknown;

        void judges(Set<Rule> rules) {
            judged.addAll(rules);
        }

        void breach(Rule rule, HistoryEvent event, String what) {
            judged.add(rule);
            breaches.merge(rule, 1L, Long::sum);
            List<String> seen = witnesses.computeIfAbsent(rule, none -> new ArrayList<>());
            if (seen.size() < WITNESSES) {
                String group = event.group() == 0 ? "" : " of group " + event.group();
                seen.add("event " + event.index() + ": item " + event.item() + " key " + event.key() + " sequence "
                        + event.sequence() + " at " + event.position() + " in process " + event.process() + group
                        + ": " + what);
            }
        }

        Verdict build() {
            return new Verdict(acknowledged, delivered, unknown, judged, breaches, witnesses);
        }
    }
}
