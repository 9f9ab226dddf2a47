package dev.fairlead.node;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Expected;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Page;
import dev.fairlead.api.Receipt;
import dev.fairlead.contracts.Fields;
import dev.fairlead.engine.CursorText;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Projection;
import dev.fairlead.spi.ValueCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Event items: appended by their owner, read in pages by it and by those who declare a need of them. */
final class EventRoutes {
    static final String ALL = "/events/{owner}/{item}";
    static final String KEY = "/events/{owner}/{item}/{key}";
    private static final String TYPE = "type";
    private static final String FROM = "from";
    private static final int MOST_READS = 100;

    private final ServedItems items;
    private final Policy policy;
    private final Seals seals;
    private final Function<Set<String>, Projection> projections;
    private final ValueCodec<Map<String, @Nullable Object>> documents;

    EventRoutes(ServedItems items, Policy policy, Seals seals, CodecProvider codecs) {
        this.items = items;
        this.seals = seals;
        this.policy = policy;
        this.projections = codecs::projection;
        this.documents = codecs.fields();
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", ALL, "appends CloudEvents, one or a batch", this::appendCloudEvents),
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
        Receipt receipt = events.append(key, event, expected);
        return Reply.of(201, Json.TYPE, Receipts.json(receipt))
                .with("ETag", Preconditions.tag(receipt.version(), Grant.everything()));
    }

    private Reply appendCloudEvents(Exchange exchange) {
        exchange.query();
        ServedEvents events = events(exchange);
        policy.write(exchange.caller(), events.share());
        List<IncomingEvent> incoming = IncomingEvent.all(exchange, events, documents);
        List<Receipt> receipts = new ArrayList<>();
        for (IncomingEvent event : incoming) {
            receipts.add(append(events, event, receipts.size()));
        }
        return exchange.mediaType().equals(IncomingEvent.BATCH)
                ? Reply.of(201, Json.TYPE, Receipts.json(receipts))
                : Reply.of(201, Json.TYPE, Receipts.json(receipts.getFirst()));
    }

    private static Receipt append(ServedEvents events, IncomingEvent event, int done) {
        try {
            return events.append(event.key(), event.event(), null);
        } catch (FairleadException failure) {
            throw done == 0
                    ? failure
                    : new FairleadException(
                            failure.code(),
                            "the first " + done + " events of the batch were appended, the next was not: "
                                    + failure.getMessage(),
                            failure);
        }
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

    /** What a caller sees of an item. */
    private record Sighted(
            Function<EventRecord<String, EventDocument>, Optional<ShownEvent>> sight, Seal seal, int mostReads) {}

    private Sighted sighted(Exchange exchange, ServedEvents events) {
        if (exchange.caller() instanceof Caller.Outsider client) {
            ServedEventView view = events.views().get(client.clients());
            Outlook outlook = Policy.outside(client, view == null ? null : view.filter());
            return new Sighted(
                    happened -> view == null ? Optional.empty() : view.shown(outlook.part(), happened),
                    seals.ofEvents(events.share().id(), outlook),
                    MOST_READS);
        }
        Map<String, Fields> granted = policy.readEvents(exchange.caller(), events.share(), events.content());
        return new Sighted(
                happened -> Optional.of(happened)
                        .filter(event -> granted.containsKey(event.event().type()))
                        .map(event -> ShownEvent.of(event, events.content(), granted, projections)),
                new Seal.Open(),
                1);
    }

    private Reply page(Exchange exchange, ServedEvents events, Reading reading) {
        Sighted sighted = sighted(exchange, events);
        Map<String, String> query = exchange.query(FROM, PageQuery.LIMIT, EventForm.MODE);
        EventForm form = EventForm.of(exchange, query);
        String from = query.get(FROM);
        Cursor cursor =
                from == null ? events.log().oldest() : new Cursor(sighted.seal().opened(from));
        Page<String, EventDocument> page = reading.read(cursor, form.limit(query));
        if (from != null && CursorText.isBefore(cursor, events.log().oldest())) {
            throw new Problem(
                    ProblemType.MUST_REFETCH,
                    "retention has taken events of " + events.share().id()
                            + " behind this cursor (begin without a cursor, and take it that some are missed)");
        }
        List<ShownEvent> shown = shown(page, sighted);
        // Who sees little of much should neither have to call for each page without it, nor learn how many these are.
        for (int reads = 1; shown.isEmpty() && !page.records().isEmpty() && reads < sighted.mostReads(); reads++) {
            page = reading.read(page.next(), form.limit(query));
            shown = shown(page, sighted);
        }
        boolean isOutside = exchange.caller() instanceof Caller.Outsider;
        String next = from != null && page.next().equals(cursor)
                ? from
                : sighted.seal().closed(page.next().text());
        return form.reply(events.share().id().toString(), new EventPage(shown, next, isOutside ? 0 : page.passedOver()))
                .with("Vary", Caller.HEADER + ", Accept")
                .with("Cache-Control", "private, no-cache")
                .with("Fairlead-Next", next);
    }

    private static List<ShownEvent> shown(Page<String, EventDocument> page, Sighted sighted) {
        return page.records().stream()
                .flatMap(record -> sighted.sight().apply(record).stream())
                .toList();
    }

    private ServedEvents events(Exchange exchange) {
        return items.events(exchange.parameter("owner"), exchange.parameter("item"));
    }
}
