package dev.fairlead.node;

import dev.fairlead.engine.DeadMessages;
import java.util.List;
import java.util.Map;

/** What was told and could not be handled, for whoever runs the node: looked at, sent again, or dropped. */
final class DeadLetterRoutes {
    static final String ALL = "/dead-letters/{owner}/{item}";
    static final String ONE = ALL + "/{number}";
    private static final String AFTER = "after";
    private static final String REASON = "reason";
    private static final int LONGEST_REASON = 1_000;

    private final ServedItems items;

    DeadLetterRoutes(ServedItems items) {
        this.items = items;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", ALL, "what was told and set aside, in pages", this::list),
                new Route("GET", ONE, "what was told in a dead letter", this::show),
                new Route("POST", ONE + "/redrive", "sends a dead letter again", this::redrive),
                new Route("DELETE", ONE, "drops a dead letter; the query's reason is kept", this::dismiss));
    }

    private Reply list(Exchange exchange) {
        DeadMessages letters = letters(exchange);
        Map<String, String> query = exchange.query(AFTER, PageQuery.LIMIT);
        long after = query.containsKey(AFTER) ? number(query.get(AFTER)) : -1;
        List<DeadMessages.Message> page = letters.messages(after, PageQuery.limit(query));
        return kept(Json.of(json -> {
            json.writeStartObject().writeName("deadLetters").writeStartArray();
            for (DeadMessages.Message letter : page) {
                json.writeStartObject()
                        .writeNumberProperty("number", letter.number())
                        .writeStringProperty("key", letter.key().toString())
                        .writeNumberProperty("attempts", letter.attempts())
                        .writeStringProperty("since", letter.since().toString())
                        .writeStringProperty("error", letter.error())
                        .writeEndObject();
            }
            json.writeEndArray().writeEndObject();
        }));
    }

    private Reply show(Exchange exchange) {
        DeadMessages letters = letters(exchange);
        exchange.query();
        long number = found(exchange, letters);
        return kept(letters.payload(number));
    }

    private Reply redrive(Exchange exchange) {
        DeadMessages letters = letters(exchange);
        exchange.query();
        if (!letters.redrive(number(exchange.parameter("number")))) {
            throw none();
        }
        return Reply.of(204);
    }

    private Reply dismiss(Exchange exchange) {
        DeadMessages letters = letters(exchange);
        String reason = exchange.query(REASON).getOrDefault(REASON, "");
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "say in the query why: reason=, of at most " + LONGEST_REASON + " characters");
        }
        letters.dismiss(found(exchange, letters), reason);
        return Reply.of(204);
    }

    private static long found(Exchange exchange, DeadMessages letters) {
        long number = number(exchange.parameter("number"));
        List<DeadMessages.Message> there = letters.messages(number - 1, 1);
        if (there.isEmpty() || there.getFirst().number() != number) {
            throw none();
        }
        return number;
    }

    private static Problem none() {
        return new Problem(ProblemType.NOT_FOUND, "there is no dead letter of this number (list them)");
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new Problem(ProblemType.BAD_REQUEST, "a dead letter has a number, as the list shows it");
        }
        return Long.parseLong(text);
    }

    private static Reply kept(byte[] body) {
        return Reply.of(200, Json.TYPE, body).with("Cache-Control", "no-store");
    }

    private DeadMessages letters(Exchange exchange) {
        Policy.operate(exchange.caller());
        ServedRequests item = items.requests(exchange.parameter("owner"), exchange.parameter("item"));
        return item.requests().deadLetters(item.id());
    }
}
