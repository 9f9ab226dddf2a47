package dev.fairlead.planner.check;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Words of messages. */
final class Text {
    private Text() {}

    /** A duration as plans write it. */
    static String of(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String and(Collection<String> words) {
        List<String> list = List.copyOf(words);
        int last = list.size() - 1;
        return last <= 0 ? String.join("", list) : String.join(", ", list.subList(0, last)) + " and " + list.get(last);
    }
}
