package dev.fairlead.generate;

import dev.fairlead.planner.Content;
import dev.fairlead.planner.ServicePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * AsyncAPI 3.0 of one service: a channel for each state and event item and for each request that is told, with what the service
 * sends and receives there. Questions that are asked stand in {@link OpenApi}.
 */
final class AsyncApi {
    private static final String SEND = "send";
    private static final String RECEIVE = "receive";

    private final ObjectNode document = JsonText.object().put("asyncapi", "3.0.0");

    private AsyncApi(ServicePlan service, List<Seen> seen) {
        document.put("id", "urn:fairlead:" + service.name());
        document.set("info", info(service, seen));
        document.put("defaultContentType", "application/json");
    }

    /** Nothing when the service has no such item. */
    static List<GeneratedFile> of(ServicePlan service, List<Seen> seen) {
        AsyncApi api = new AsyncApi(service, seen);
        seen.forEach(api::add);
        return api.document.has("channels")
                ? List.of(new GeneratedFile("asyncapi.json", JsonText.of(api.document)))
                : List.of();
    }

    /** The version grows with nothing: it is the beginning of a hash of all that the service shares and uses. */
    static ObjectNode info(ServicePlan service, List<Seen> seen) {
        ObjectNode info = JsonText.object().put("title", service.name()).put("version", Seen.version(seen));
        put(info, "x-team", service.team().name());
        put(info, "x-context", service.team().context());
        return info;
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private void add(Seen item) {
        switch (item.content()) {
            case Content.State state ->
                channel(
                                item,
                                Map.of(item.id().name(), item.form().record(state.fields())),
                                item.isOwn() ? SEND : RECEIVE)
                        .put("x-key", state.key());
            case Content.Events events -> {
                Map<String, ObjectNode> messages = new LinkedHashMap<>();
                events.events()
                        .forEach((event, fields) ->
                                messages.put(event, item.form().record(fields)));
                channel(item, messages, item.isOwn() ? SEND : RECEIVE).put("x-key", events.key());
            }
            case Content.Request request
            when request.delivery() == Content.Delivery.GUARANTEED ->
                channel(
                        item,
                        Map.of(item.id().name(), item.questionForm().record(request.question())),
                        item.isOwn() ? RECEIVE : SEND);
            case Content.Request asked -> {}
        }
    }

    private ObjectNode channel(Seen item, Map<String, ObjectNode> payloads, String action) {
        String name = item.id().toString();
        ObjectNode channel = document.withObject("/channels").putObject(name);
        channel.put("address", name).put("description", item.description());
        payloads.forEach((message, payload) -> {
            String component = name + "." + message;
            document.withObject("/components")
                    .withObject("/messages")
                    .putObject(component)
                    .put("name", message)
                    .set("payload", payload);
            channel.withObject("/messages").set(message, JsonText.reference("components/messages/" + component));
        });
        ObjectNode operation = document.withObject("/operations")
                .putObject(action + "." + name)
                .put("action", action);
        operation.set("channel", JsonText.reference("channels/" + name));
        return channel.put("x-kind", item.share().kind().word())
                .put("x-class", item.highestClass().word());
    }
}
