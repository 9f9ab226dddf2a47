package dev.fairlead.generate;

import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schemas of one service: of what it writes closed, of what it reads open and with only what it uses. */
final class SchemaFiles {
    private final String service;
    private final List<GeneratedFile> files = new ArrayList<>();

    private SchemaFiles(String service) {
        this.service = service;
    }

    static List<GeneratedFile> of(String service, List<Seen> seen) {
        SchemaFiles files = new SchemaFiles(service);
        seen.forEach(files::add);
        return files.files;
    }

    private void add(Seen item) {
        switch (item.content()) {
            case Content.State state -> add(item, "", item.form().record(state.fields()));
            case Content.Events events -> add(item, "", events(events, item.form()));
            case Content.Request request -> {
                add(item, ".question", item.questionForm().record(request.question()));
                Fields answer = request.answer();
                if (answer != null) {
                    add(item, ".answer", item.form().record(answer));
                }
            }
        }
    }

    /** The name of the event is in the envelope, and so each event has a definition of its own to be found by. */
    private static ObjectNode events(Content.Events events, SchemaNodes form) {
        ObjectNode schema = JsonText.object();
        ArrayNode each = schema.withArray("/anyOf");
        ObjectNode definitions = schema.withObject("/$defs");
        events.events().forEach((event, fields) -> {
            each.add(JsonText.reference("$defs/" + event));
            definitions.set(event, form.record(fields));
        });
        return schema;
    }

    private void add(Seen item, String part, ObjectNode schema) {
        String name = item.id() + part;
        ObjectNode document = JsonText.object()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "urn:fairlead:" + service + ":" + name)
                .put("title", name)
                .put("description", item.description())
                .put("x-class", item.highestClass().word());
        document.setAll(schema);
        files.add(new GeneratedFile(name + ".schema.json", JsonText.of(document)));
    }
}
