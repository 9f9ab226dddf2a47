package dev.fairlead.node;

import dev.fairlead.api.EventRecord;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.node.cloudevents.HeaderText;
import dev.fairlead.spi.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** In which form a caller wants a page of events: JSON of our own, lines of it, or CloudEvents in one of the three modes of their HTTP binding. */
enum EventForm {
    OBJECT {
        @Override
        Reply reply(String item, EventPage page) {
            return Reply.of(200, Json.TYPE, Json.of(json -> {
                json.writeStartObject().writeName("events").writeStartArray();
                page.events().forEach(each -> each.accept(json));
                json.writeEndArray()
                        .writeStringProperty("next", page.next())
                        .writeNumberProperty("passedOver", page.passedOver())
                        .writeEndObject();
            }));
        }
    },
    LINES {
        @Override
        Reply reply(String item, EventPage page) {
            return Reply.of(200, Json.LINES, Json.lines(page.events()));
        }
    },
    BATCH {
        @Override
        Reply reply(String item, EventPage page) {
            return Reply.of(200, IncomingEvent.BATCH, Json.of(json -> {
                json.writeStartArray();
                page.events().forEach(each -> structured(json, item, each));
                json.writeEndArray();
            }));
        }
    },
    STRUCTURED {
        @Override
        int limit(Map<String, String> query) {
            return one(query);
        }

        @Override
        Reply reply(String item, EventPage page) {
            return page.events().isEmpty()
                    ? Reply.of(204)
                    : Reply.of(
                            200,
                            IncomingEvent.STRUCTURED,
                            Json.of(json -> structured(json, item, page.events().getFirst())));
        }
    },
    BINARY {
        @Override
        int limit(Map<String, String> query) {
            return one(query);
        }

        @Override
        Reply reply(String item, EventPage page) {
            if (page.events().isEmpty()) {
                return Reply.of(204);
            }
            ShownEvent event = page.events().getFirst();
            Reply reply = Reply.of(200, Json.TYPE, event.content());
            for (Map.Entry<String, String> attribute : attributes(item, event).entrySet()) {
                if (!attribute.getKey().equals(IncomingEvent.CONTENT_TYPE)) {
                    reply = reply.with(
                            IncomingEvent.PREFIX + attribute.getKey(), HeaderText.encoded(attribute.getValue()));
                }
            }
            return reply;
        }
    };

    static final String MODE = "mode";
    private static final String ONE = "binary";

    /** What the caller takes; fails with NOT_ACCEPTABLE when that is none of them. */
    static EventForm of(Exchange exchange, Map<String, String> query) {
        String mode = query.get(MODE);
        if (mode != null) {
            if (!mode.equals(ONE)) {
                throw new Problem(ProblemType.BAD_REQUEST, "mode is " + ONE + ", for one CloudEvent in binary mode");
            }
            return BINARY;
        }
        if (exchange.prefers(IncomingEvent.BATCH)) {
            return BATCH;
        }
        if (exchange.prefers(IncomingEvent.STRUCTURED)) {
            return STRUCTURED;
        }
        return PageQuery.wantsLines(exchange) ? LINES : OBJECT;
    }

    /** How many events at most. */
    int limit(Map<String, String> query) {
        return PageQuery.limit(query);
    }

    private static int one(Map<String, String> query) {
        if (!query.getOrDefault(PageQuery.LIMIT, "1").equals("1")) {
            throw new Problem(ProblemType.BAD_REQUEST, "in this form there is one event in an answer (limit=1)");
        }
        return 1;
    }

    /** The answer with the events of the page that the caller may see. */
    abstract Reply reply(String item, EventPage page);

    private static Map<String, String> attributes(String item, ShownEvent shown) {
        EventRecord<String, EventDocument> happened = shown.happened();
        byte[] key = happened.key().getBytes(StandardCharsets.UTF_8);
        return new CloudEvent(
                        item,
                        happened.event().type(),
                        CloudEvent.id(key, happened.version()),
                        happened.version(),
                        0,
                        happened.time(),
                        null,
                        Json.TYPE)
                .attributes(key, shown.content());
    }

    private static void structured(JsonGenerator json, String item, ShownEvent shown) {
        json.writeStartObject();
        attributes(item, shown).forEach(json::writeStringProperty);
        Json.document(json, "data", shown.content());
        json.writeEndObject();
    }
}
