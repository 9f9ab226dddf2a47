package dev.fairlead.node;

import dev.fairlead.api.Health;
import dev.fairlead.node.outside.ValueFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A page of the values of a state item, in the order of their keys. */
final class StatePage {
    private static final String AFTER = "after";

    private final ServedState state;
    private final StateReader reader;
    private final int largest;

    StatePage(ServedState state, StateReader reader, int largest) {
        this.state = state;
        this.reader = reader;
        this.largest = largest;
    }

    private record Entry(String key, Answered value, Grant grant) implements Consumer<JsonGenerator> {
        @Override
        public void accept(JsonGenerator json) {
            json.writeStartObject().writeStringProperty("key", key);
            if (grant.tellsVersions()) {
                json.writeNumberProperty("version", value.mark().version());
            }
            Json.document(json, "value", value.content());
            json.writeEndObject();
        }
    }

    Reply reply(Exchange exchange, Grant grant) {
        Map<String, String> query = exchange.query(AFTER, PageQuery.LIMIT);
        int limit = PageQuery.limit(query);
        List<Entry> entries = new ArrayList<>();
        boolean isMore = gather(grant, query.get(AFTER), limit, entries);
        String next = isMore ? next(entries.getLast().key(), limit) : null;
        Reply page = PageQuery.wantsLines(exchange)
                ? Reply.of(200, Json.LINES, Json.lines(entries))
                : Reply.of(200, Json.TYPE, object(entries, next));
        Health health = state.copy().health();
        Reply described = StateRoutes.shared(page, grant)
                .with("Vary", Caller.HEADER + ", Accept")
                .with("Fairlead-Age", health.age().toString())
                .with("Fairlead-Health", health.state().name());
        return next == null ? described : described.with("Link", "<" + next + ">; rel=\"next\"");
    }

    /** Returns whether there is more. */
    private boolean gather(Grant grant, @Nullable String after, int limit, List<Entry> entries) {
        String part = grant.outlook().map(Outlook::part).orElse(ValueFilter.WHOLE);
        Iterable<String> keys = state.changes(grant).keys(part, after);
        long bytes = 0;
        for (String key : keys) {
            if (entries.size() == limit || bytes >= largest) {
                return true;
            }
            Answered value = reader.read(key).orElse(null);
            if (value != null) {
                entries.add(new Entry(key, value, grant));
                bytes += value.content().length;
            }
        }
        return false;
    }

    private String next(String last, int limit) {
        return "/items/" + state.share().id().owner() + "/" + state.share().id().name() + "?after="
                + PathSegments.encoded(last) + "&limit=" + limit;
    }

    private static byte[] object(List<Entry> entries, @Nullable String next) {
        return Json.of(json -> {
            json.writeStartObject().writeName("values").writeStartArray();
            entries.forEach(entry -> entry.accept(json));
            json.writeEndArray();
            if (next != null) {
                json.writeStringProperty("next", next);
            }
            json.writeEndObject();
        });
    }
}
