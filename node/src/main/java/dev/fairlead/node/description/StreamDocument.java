package dev.fairlead.node.description;

import dev.fairlead.api.HealthState;
import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.generate.JsonText;
import dev.fairlead.generate.Seen;
import dev.fairlead.node.description.NodeDescription.Viewpoint;
import dev.fairlead.planner.Content;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** AsyncAPI 3.0 of a node: it sends changes of state as server-sent events, and sends and receives events as CloudEvents in binary mode. */
final class StreamDocument {
    private final ObjectNode document = JsonText.object().put("asyncapi", "3.0.0");

    private StreamDocument(Viewpoint viewpoint) {
        document.set("info", RestDocument.info(viewpoint));
        document.put("defaultContentType", Operation.JSON);
        document.putObject("channels");
        document.putObject("operations");
        document.putObject("components");
    }

    static ObjectNode of(Viewpoint viewpoint) {
        StreamDocument streams = new StreamDocument(viewpoint);
        viewpoint.items().forEach(streams::add);
        return streams.document;
    }

    private void add(Seen item) {
        switch (item.content()) {
            case Content.State state -> changes(item, state);
            case Content.Events events -> events(item, events);
            case Content.Request request -> {}
        }
    }

    private void changes(Seen item, Content.State state) {
        ObjectNode value = schema(item.id().toString(), item.form().record(state.fields()));
        ObjectNode health = Shapes.with(
                Shapes.record(Shapes.field("age", Scalar.DURATION)), "health", Shapes.symbols(HealthState.values()));
        Map<String, ObjectNode> messages = new LinkedHashMap<>();
        messages.put("put", StateDescriptions.valueOf(item, value));
        messages.put("removed", StateDescriptions.removal(item));
        messages.put("health", health);
        messages.put("must-refetch", schema("Problem", Shapes.problem()));
        ObjectNode channel = channel(item, "/changes/", "as server-sent events (Accept: text/event-stream)");
        messages.forEach((name, payload) -> message(channel, item, name, payload));
        operation(item, "send", "changes", "GET");
    }

    private void events(Seen item, Content.Events events) {
        ObjectNode channel =
                channel(item, "/events/", "one for each call in the binary mode of CloudEvents (mode=binary)");
        events.events()
                .forEach((name, fields) -> message(
                                channel,
                                item,
                                name,
                                schema(item.id() + "." + name, item.form().record(fields)))
                        .set("headers", attributes(item, name)));
        operation(item, "send", "read", "GET");
        if (item.isOwn()) {
            operation(item, "receive", "append", "POST");
        }
    }

    private static ObjectNode attributes(Seen item, String event) {
        ObjectNode attributes = JsonText.object().put("type", "object");
        Shapes.with(attributes, "ce-specversion", Shapes.constant("1.0"));
        Shapes.with(attributes, "ce-id", Shapes.text());
        Shapes.with(attributes, "ce-source", Shapes.text());
        Shapes.with(attributes, "ce-type", Shapes.constant(item.id() + "." + event));
        attributes.withObject("/properties").set("ce-partitionkey", Shapes.text());
        attributes.withObject("/properties").set("ce-time", Shapes.of(Scalar.INSTANT));
        return attributes;
    }

    private ObjectNode channel(Seen item, String folder, String how) {
        ObjectNode channel =
                document.withObject("/channels").putObject(item.id().toString());
        return channel.put(
                        "address", folder + item.id().owner() + "/" + item.id().name())
                .put("description", item.description() + " It comes " + how + ".")
                .put("x-kind", item.share().kind().word())
                .put("x-class", item.highestClass().word());
    }

    private ObjectNode message(ObjectNode channel, Seen item, String name, ObjectNode payload) {
        String component = item.id() + "." + name;
        ObjectNode message = document.withObject("/components/messages").putObject(component);
        message.put("name", name).put("contentType", Operation.JSON).set("payload", payload);
        channel.withObject("/messages").set(name, JsonText.reference("components/messages/" + component));
        return message;
    }

    private void operation(Seen item, String action, String verb, String method) {
        ObjectNode operation = document.withObject("/operations")
                .putObject(verb + "_" + item.id())
                .put("action", action);
        operation.set("channel", JsonText.reference("channels/" + item.id()));
        operation.withObject("/bindings/http").put("method", method).put("bindingVersion", "0.3.0");
    }

    private ObjectNode schema(String name, ObjectNode schema) {
        document.withObject("/components/schemas").set(name, schema);
        return JsonText.reference("components/schemas/" + name);
    }
}
