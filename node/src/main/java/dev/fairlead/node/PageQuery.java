package dev.fairlead.node;

import java.util.Locale;
import java.util.Map;

/** What a caller asks of a page, whatever it is a page of. */
final class PageQuery {
    static final String LIMIT = "limit";
    private static final int USUAL = 100;
    private static final int LARGEST = 1_000;

    private PageQuery() {}

    /** How many entries at most; fails with BAD_REQUEST when it is no number from 1 to 1,000. */
    static int limit(Map<String, String> query) {
        String text = query.getOrDefault(LIMIT, String.valueOf(USUAL));
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LARGEST) {
            throw new Problem(ProblemType.BAD_REQUEST, "limit is a number from 1 to " + LARGEST);
        }
        return limit;
    }

    /** Whether the caller wants a line of JSON for each entry; fails with NOT_ACCEPTABLE when it takes no JSON at all. */
    static boolean wantsLines(Exchange exchange) {
        String accept = exchange.header("Accept");
        String types = accept == null ? "*/*" : accept.toLowerCase(Locale.ROOT);
        if (types.contains(Json.LINES)) {
            return true;
        }
        if (types.contains("*/*") || types.contains("application/*") || types.contains(Json.TYPE)) {
            return false;
        }
        throw new Problem(ProblemType.NOT_ACCEPTABLE, "there are " + Json.TYPE + " and " + Json.LINES);
    }
}
