package dev.fairlead.node;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a caller asks of a page, whatever it is a page of. */
final class PageQuery {
    static final String LIMIT = "limit";
    private static final int USUAL = 100;
    private static final int LARGEST = 1_000;
    private static final int LONGEST_WAIT = 20;

    private PageQuery() {}

    /** How many entries at most; fails with BAD_REQUEST when it is no number from 1 to 1,000. */
    static int limit(Map<String, String> query) {
        return number(query, LIMIT, USUAL, LARGEST);
    }

    /** A number of the query from 1, or the usual one; fails with BAD_REQUEST when it is none or larger than the largest. */
    static int number(Map<String, String> query, String name, int usual, int largest) {
        String text = query.getOrDefault(name, String.valueOf(usual));
        int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > largest) {
            throw new Problem(ProblemType.BAD_REQUEST, name + " is a number from 1 to " + largest);
        }
        return number;
    }

    /** How long to wait for something; fails with BAD_REQUEST when it is no number of seconds from 0 to 20. */
    static Duration patience(@Nullable String seconds) {
        if (seconds == null) {
            return Duration.ZERO;
        }
        int wait = seconds.matches("[0-9]{1,2}") ? Integer.parseInt(seconds) : -1;
        if (wait < 0 || wait > LONGEST_WAIT) {
            throw new Problem(ProblemType.BAD_REQUEST, "wait is a number of seconds from 0 to " + LONGEST_WAIT);
        }
        return Duration.ofSeconds(wait);
    }

    /** Whether the caller wants a line of JSON for each entry; fails with NOT_ACCEPTABLE when it takes no JSON at all. */
    static boolean wantsLines(Exchange exchange) {
        if (exchange.prefers(Json.LINES)) {
            return true;
        }
        if (exchange.accepts("*/*") || exchange.accepts("application/*") || exchange.accepts(Json.TYPE)) {
            return false;
        }
        throw new Problem(ProblemType.NOT_ACCEPTABLE, "there are " + Json.TYPE + " and " + Json.LINES);
    }
}
