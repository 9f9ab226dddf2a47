package dev.fairlead.node;

import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.node.cloudevents.HeaderText;
import dev.fairlead.spi.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent that its owner sends to be appended.
 *
 * <p>Its type is that of an event of the item, with the item's id and a dot before it or without; its key is the attribute {@code partitionkey}, or
 * else {@code subject}. The log gives the event an id, a source and a time of its own.
 *
 * @param key of the event in the item
 */
record IncomingEvent(String key, EventDocument event) {
    static final String STRUCTURED = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";
    static final String PREFIX = "ce-";
    static final String CONTENT_TYPE = "datacontenttype";

    private static final String TYPE = "type";
    private static final String KEY = "partitionkey";
    private static final String SUBJECT = "subject";
    private static final String DATA = "data";
    private static final String VERSION = "specversion";
    private static final List<String> REQUIRED = List.of(VERSION, "id", "source", TYPE);
    private static final int MOST = 1_000;

    /** Those that a call sends, in binary, structured or batch mode; fails before any is appended when one is malformed. */
    static List<IncomingEvent> all(
            Exchange exchange, ServedEvents item, ValueCodec<Map<String, @Nullable Object>> documents) {
        return switch (exchange.mediaType()) {
            case STRUCTURED -> List.of(structured(documents.decode(exchange.body()), item, documents));
            case BATCH -> batch(exchange.body(), item, documents);
            default -> List.of(binary(exchange, item));
        };
    }

    private static IncomingEvent binary(Exchange exchange, ServedEvents item) {
        if (exchange.header(PREFIX + VERSION) == null) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "send a CloudEvent: its attributes in headers that begin with " + PREFIX + ", or Content-Type: "
                            + STRUCTURED + " or " + BATCH + " (an event without them goes to a key: POST /events/"
                            + item.share().id().owner() + "/"
                            + item.share().id().name() + "/KEY?type=TYPE)");
        }
        Attributes attributes = name -> {
            String value = exchange.header(PREFIX + name);
            try {
                return value == null ? null : HeaderText.decoded(value);
            } catch (IllegalArgumentException e) {
                throw new Problem(ProblemType.BAD_REQUEST, "the header " + PREFIX + name + ": " + e.getMessage(), e);
            }
        };
        return of(attributes, exchange.json(), item);
    }

    private static List<IncomingEvent> batch(
            byte[] body, ServedEvents item, ValueCodec<Map<String, @Nullable Object>> documents) {
        // The codec reads objects; an array is the value of a field of one.
        byte[] wrapped =
                ("{\"events\":" + new String(body, StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
        Map<String, @Nullable Object> read = documents.decode(wrapped);
        if (read.size() != 1 || !(read.get("events") instanceof List<?> list) || list.isEmpty() || list.size() > MOST) {
            throw new Problem(ProblemType.BAD_REQUEST, "a batch is an array of 1 to " + MOST + " CloudEvents");
        }
        List<IncomingEvent> events = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> event)) {
                throw new Problem(ProblemType.BAD_REQUEST, "entry " + events.size() + " of the batch is no object");
            }
            events.add(structured(event, item, documents));
        }
        return events;
    }

    private static IncomingEvent structured(
            Map<?, ? extends @Nullable Object> event,
            ServedEvents item,
            ValueCodec<Map<String, @Nullable Object>> documents) {
        if (!(event.get(DATA) instanceof Map<?, ?> data)) {
            throw new Problem(ProblemType.BAD_REQUEST, "a CloudEvent for this log has an object of JSON as its data");
        }
        @SuppressWarnings("unchecked") // names in JSON are text
        Map<String, @Nullable Object> fields = (Map<String, @Nullable Object>) data;
        Attributes attributes = name -> event.get(name) instanceof String text ? text : null;
        return of(attributes, documents.encode(fields), item);
    }

    private interface Attributes {
        @Nullable
        String get(String name);
    }

    private static IncomingEvent of(Attributes attributes, byte[] data, ServedEvents item) {
        for (String name : REQUIRED) {
            String value = attributes.get(name);
            if (value == null || value.isEmpty()) {
                throw new Problem(ProblemType.BAD_REQUEST, "a CloudEvent has text as its " + name);
            }
        }
        if (!"1.0".equals(attributes.get(VERSION))) {
            throw new Problem(ProblemType.BAD_REQUEST, "the specversion is 1.0");
        }
        String named = attributes.get(KEY);
        String key = named == null ? attributes.get(SUBJECT) : named;
        if (key == null || key.isEmpty()) {
            throw new Problem(
                    ProblemType.BAD_REQUEST, "say the event's key in the attribute " + KEY + " or " + SUBJECT);
        }
        return new IncomingEvent(key, new EventDocument.Happened(type(attributes, item), data));
    }

    private static String type(Attributes attributes, ServedEvents item) {
        String before = item.share().id() + ".";
        String said = String.valueOf(attributes.get(TYPE));
        String type = said.startsWith(before) ? said.substring(before.length()) : said;
        Set<String> known = item.content().events().keySet();
        if (!known.contains(type)) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "the type is one of " + String.join(", ", known) + ", with or without " + before + " before it");
        }
        return type;
    }
}
