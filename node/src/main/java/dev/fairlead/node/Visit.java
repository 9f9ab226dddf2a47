package dev.fairlead.node;

import dev.fairlead.node.limits.CallerRooms;
import dev.fairlead.node.limits.Spent;
import dev.fairlead.node.limits.Taking;
import dev.fairlead.planner.OutsideView;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A call of an outside client to a view: what it took of its allowances, and what it is told beside the answer, whatever that is. */
record Visit(OutsideView view, Taking taking) {
    private static final String LINK = "Link";

    /** Fails with TOO_MANY_CALLS when an allowance is used up, with OVERLOADED when nobody new can be counted. */
    void admit() {
        if (taking.admission() == CallerRooms.Admission.FULL) {
            throw new Problem(ProblemType.OVERLOADED, "too many clients call");
        }
        if (taking.admission() == CallerRooms.Admission.TOO_FAST) {
            throw new Problem(
                    ProblemType.TOO_MANY_CALLS,
                    "you have called as often as you may: next in " + taking.waitSeconds() + " s");
        }
    }

    Reply told(Reply reply) {
        Map<String, String> headers = new TreeMap<>();
        if (!taking.left().isEmpty()) {
            headers.put(
                    "RateLimit-Policy",
                    each(spent -> ";q=" + spent.allowance().calls() + ";w="
                            + spent.allowance().window().toSeconds()));
            headers.put("RateLimit", each(spent -> ";r=" + spent.remaining() + ";t=" + spent.resetSeconds()));
        }
        if (reply.status() == 429 && taking.waitSeconds() > 0) {
            headers.put("Retry-After", String.valueOf(taking.waitSeconds()));
        }
        ending(reply, headers);
        Reply told = reply;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            told = told.with(header.getKey(), header.getValue());
        }
        return told;
    }

    /** Draft 10 of the RateLimit header fields: a list of items with parameters. */
    private String each(Function<Spent, String> parameters) {
        return taking.left().stream()
                .map(spent -> '"' + spent.name() + '"' + parameters.apply(spent))
                .collect(Collectors.joining(", "));
    }

    /** RFC 9745 and RFC 8594. */
    private void ending(Reply reply, Map<String, String> headers) {
        LocalDate deprecated = view.ending().deprecated();
        LocalDate sunset = view.ending().sunset();
        if (deprecated != null) {
            headers.put(
                    "Deprecation", "@" + deprecated.atStartOfDay(ZoneOffset.UTC).toEpochSecond());
        }
        if (sunset != null) {
            headers.put(
                    "Sunset", HttpDate.of(sunset.atStartOfDay(ZoneOffset.UTC).toInstant()));
        }
        if (deprecated != null || sunset != null) {
            String why = "<" + DescriptionRoutes.PAGE + ">; rel=\"" + (deprecated == null ? "sunset" : "deprecation")
                    + "\"; type=\"text/html\"";
            String before = reply.headers().get(LINK);
            headers.put(LINK, before == null ? why : String.join(", ", List.of(before, why)));
        }
    }
}
