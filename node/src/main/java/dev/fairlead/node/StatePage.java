package dev.fairlead.node;

import dev.fairlead.api.Health;
import dev.fairlead.node.outside.ValueFilter;
import dev.fairlead.node.search.Search;
import dev.fairlead.node.search.SecondaryIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A page of the values of a state item, in the order of their keys. */
final class StatePage {
    private static final String AFTER = "after";
    private static final String BY = "by.";

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

    /**
     * What is asked of a page.
     *
     * @param written by parameter the values that are looked up, as the caller wrote them
     */
    record Asked(@Nullable String after, int limit, Map<String, String> written, Optional<Search> search) {}

    /** Fails with BAD_REQUEST for what cannot be asked, with NOT_DECLARED for what this caller may not. */
    static Asked asked(Exchange exchange, ServedState state, Grant grant, Policy policy) {
        Set<String> fields = grant.outlook().isPresent()
                ? Set.of()
                : grant.fields()
                        .orElseGet(() -> Set.copyOf(state.content().fields().names()));
        Map<String, String> query = exchange.query(Stream.concat(
                        Stream.of(AFTER, PageQuery.LIMIT),
                        fields.stream().map(BY::concat).sorted())
                .toArray(String[]::new));
        Map<String, String> written = new TreeMap<>(query);
        written.keySet().removeIf(name -> !name.startsWith(BY));
        Map<String, String> texts = new TreeMap<>();
        written.forEach((name, value) -> {
            String field = name.substring(BY.length());
            policy.lookUp(exchange.caller(), state.share(), field);
            texts.put(field, text(state, field, value));
        });
        Optional<Search> search = texts.isEmpty() ? Optional.empty() : Optional.of(new Search(texts));
        return new Asked(query.get(AFTER), PageQuery.limit(query), written, search);
    }

    private static String text(ServedState state, String field, String written) {
        SecondaryIndex searched = state.searched();
        if (!searched.fields().contains(field)) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "values of " + state.share().id() + " are not looked up by " + field
                            + (searched.fields().isEmpty() ? "" : ", but by " + String.join(", ", searched.fields()))
                            + " (a need that says by: [ " + field + " ] makes it possible, if it is a single value)");
        }
        return searched.text(field, written)
                .orElseThrow(() -> new Problem(
                        ProblemType.BAD_REQUEST,
                        BY + field + " is to be of type "
                                + state.content()
                                        .fields()
                                        .field(field)
                                        .orElseThrow()
                                        .type()
                                        .text()));
    }

    Reply reply(Exchange exchange, Grant grant, Asked asked) {
        List<Entry> entries = new ArrayList<>();
        boolean isMore = gather(grant, asked, entries);
        String next = isMore ? next(entries.getLast().key(), asked) : null;
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
    private boolean gather(Grant grant, Asked asked, List<Entry> entries) {
        String part = grant.outlook().map(Outlook::part).orElse(ValueFilter.WHOLE);
        Iterable<String> keys = asked.search()
                .map(search -> state.searched().keys(search, asked.after()))
                .orElseGet(() -> state.changes(grant).keys(part, asked.after()));
        long bytes = 0;
        for (String key : keys) {
            if (entries.size() == asked.limit() || bytes >= largest) {
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

    private String next(String last, Asked asked) {
        StringBuilder next = new StringBuilder("/items/")
                .append(state.share().id().owner())
                .append('/')
                .append(state.share().id().name())
                .append("?after=")
                .append(PathSegments.encoded(last))
                .append("&limit=")
                .append(asked.limit());
        asked.written()
                .forEach((name, value) -> next.append('&')
                        .append(PathSegments.encoded(name))
                        .append('=')
                        .append(PathSegments.encoded(value)));
        return next.toString();
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
