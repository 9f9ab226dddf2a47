package dev.fairlead.node;

import dev.fairlead.api.EventRecord;
import dev.fairlead.contracts.Fields;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.planner.Content;
import dev.fairlead.spi.Projection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/**
 * An event with the fields that the caller gets.
 *
 * @param content the document with these fields
 * @param place whether it is told where in the log the event is
 */
record ShownEvent(EventRecord<String, EventDocument> happened, byte[] content, Place place)
        implements Consumer<JsonGenerator> {
    /** What is told of where an event is; who sees few events would learn of it how many there are. */
    enum Place {
        TOLD,
        HIDDEN
    }

    static ShownEvent of(
            EventRecord<String, EventDocument> happened,
            Content.Events all,
            Map<String, Fields> granted,
            Function<Set<String>, Projection> projections) {
        String type = happened.event().type();
        byte[] content = happened.event().content();
        Set<String> seen = new LinkedHashSet<>(fields(granted, type).names());
        boolean isAll = seen.containsAll(fields(all.events(), type).names());
        return new ShownEvent(
                happened, isAll ? content : projections.apply(seen).apply(content), Place.TOLD);
    }

    private static Fields fields(Map<String, Fields> byName, String type) {
        return byName.getOrDefault(type, Fields.NONE);
    }

    @Override
    public void accept(JsonGenerator json) {
        json.writeStartObject();
        properties(json);
        json.writeEndObject();
    }

    /** Its properties, in an object that is being written. */
    void properties(JsonGenerator json) {
        json.writeStringProperty("key", happened.key()).writeNumberProperty("version", happened.version());
        if (place == Place.TOLD) {
            json.writeStringProperty("position", happened.position().toString());
        }
        json.writeStringProperty("time", happened.time().toString())
                .writeStringProperty("type", happened.event().type());
        Json.document(json, "event", content);
    }
}
