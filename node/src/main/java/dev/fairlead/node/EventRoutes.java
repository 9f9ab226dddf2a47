package dev.fairlead.node;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Expected;
import dev.fairlead.api.Page;
import dev.fairlead.api.Receipt;
import dev.fairlead.contracts.Fields;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.spi.Projection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Event items: appended by their owner, read in pages by it and by those who declare a need of them. */
final class EventRoutes {
    static final String ALL = "/events/{owner}/{item}";
    static final String KEY = "/events/{owner}/{item}/{key}";
    private static final String TYPE = "type";
    private static final String FROM = "from";

    private final ServedItems items;
    private final Policy policy;
    private final Function<Set<String>, Projection> projections;

    EventRoutes(ServedItems items, Policy policy, Function<Set<String>, Projection> projections) {
        this.items = items;
        this.policy = policy;
        this.projections = projections;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", KEY, "appends an event of one key, whose name is the query's type", this::append),
                new Route("GET", KEY, "the events of one key, in pages", this::history),
                new Route("GET", ALL, "the events of all keys, in pages", this::read));
    }

    private Reply append(Exchange exchange) {
        ServedEvents events = events(exchange);
        policy.write(exchange.caller(), events.share());
        String type = exchange.query(TYPE).get(TYPE);
        if (type == null || !events.content().events().containsKey(type)) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "say in the query which event it is: type="
                            + String.join(" or ", events.content().events().keySet()));
        }
        EventDocument event = new EventDocument.Happened(type, exchange.json());
        String key = exchange.parameter("key");
        Expected expected = Preconditions.ofAppend(exchange);
        Receipt receipt = expected == null
                ? events.log().append(key, event)
                : events.log().append(key, event, expected);
        return Reply.of(201, Json.TYPE, Receipts.json(receipt))
                .with("ETag", Preconditions.tag(receipt.version(), Grant.everything()));
    }

    private Reply read(Exchange exchange) {
        ServedEvents events = events(exchange);
        return page(exchange, events, (from, limit) -> events.log().read(from, limit));
    }

    private Reply history(Exchange exchange) {
        ServedEvents events = events(exchange);
        String key = exchange.parameter("key");
        return page(exchange, events, (from, limit) -> events.log().history(key, from, limit));
    }

    private interface Reading {
        Page<String, EventDocument> read(Cursor from, int limit);
    }

    private Reply page(Exchange exchange, ServedEvents events, Reading reading) {
        Map<String, Fields> granted = policy.readEvents(exchange.caller(), events.share(), events.content());
        Map<String, String> query = exchange.query(FROM, PageQuery.LIMIT);
        String from = query.get(FROM);
        Cursor cursor = from == null ? events.log().oldest() : new Cursor(from);
        Page<String, EventDocument> page = reading.read(cursor, PageQuery.limit(query));
        List<Shown> shown = page.records().stream()
                .filter(record -> granted.containsKey(record.event().type()))
                .map(record -> shown(record, events, granted))
                .toList();
        Reply reply = PageQuery.wantsLines(exchange)
                ? Reply.of(200, Json.LINES, Json.lines(shown))
                : Reply.of(200, Json.TYPE, object(shown, page));
        return reply.with("Vary", Caller.HEADER + ", Accept")
                .with("Cache-Control", "private, no-cache")
                .with("Fairlead-Next", page.next().text());
    }

    /** An event with the fields that the caller gets. */
    private record Shown(EventRecord<String, EventDocument> happened, byte[] content)
            implements Consumer<JsonGenerator> {
        @Override
        public void accept(JsonGenerator json) {
            json.writeStartObject()
                    .writeStringProperty("key", happened.key())
                    .writeNumberProperty("version", happened.version())
                    .writeStringProperty("position", happened.position().toString())
                    .writeStringProperty("time", happened.time().toString())
                    .writeStringProperty(TYPE, happened.event().type());
            Json.document(json, "event", content);
            json.writeEndObject();
        }
    }

    private Shown shown(EventRecord<String, EventDocument> record, ServedEvents events, Map<String, Fields> granted) {
        String type = record.event().type();
        byte[] content = record.event().content();
        Set<String> seen = new LinkedHashSet<>(fields(granted, type).names());
        boolean isAll = seen.containsAll(fields(events.content().events(), type).names());
        return new Shown(record, isAll ? content : projections.apply(seen).apply(content));
    }

    private static Fields fields(Map<String, Fields> byName, String type) {
        return byName.getOrDefault(type, Fields.NONE);
    }

    private static byte[] object(List<Shown> shown, Page<String, EventDocument> page) {
        return Json.of(json -> {
            json.writeStartObject().writeName("events").writeStartArray();
            shown.forEach(each -> each.accept(json));
            json.writeEndArray()
                    .writeStringProperty("next", page.next().text())
                    .writeNumberProperty("passedOver", page.passedOver())
                    .writeEndObject();
        });
    }

    private ServedEvents events(Exchange exchange) {
        return items.events(exchange.parameter("owner"), exchange.parameter("item"));
    }
}
