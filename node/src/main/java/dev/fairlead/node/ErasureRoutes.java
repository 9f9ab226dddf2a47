package dev.fairlead.node;

import dev.fairlead.api.Erasure;
import dev.fairlead.planner.Share;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** What is known of a key is taken out for good, by the owner; and who has done so. */
final class ErasureRoutes {
    static final String STATE = StateRoutes.KEY + "/erase";
    static final String EVENTS = EventRoutes.KEY + "/erase";
    static final String ALL = "/erasures/{owner}/{item}";

    private final ServedItems items;
    private final Policy policy;
    private final ErasureNote note;

    ErasureRoutes(ServedItems items, Policy policy, ErasureNote note) {
        this.items = items;
        this.policy = policy;
        this.note = note;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", STATE, "erases a key: nothing of its values is left", exchange -> {
                    ServedState state = items.state(exchange.parameter("owner"), exchange.parameter("item"));
                    return erase(exchange, STATE, state.share(), state::erase);
                }),
                new Route("POST", EVENTS, "erases a key: nothing of its events is left", exchange -> {
                    ServedEvents events = items.events(exchange.parameter("owner"), exchange.parameter("item"));
                    return erase(exchange, EVENTS, events.share(), events::erase);
                }),
                new Route("GET", ALL, "what was erased, and who has done his part", this::all));
    }

    private Reply erase(Exchange exchange, String route, Share share, Function<String, Erasure> erase) {
        exchange.query();
        policy.write(exchange.caller(), share);
        note.before(exchange, "POST " + route, share.id().toString());
        Erasure erasure = erase.apply(exchange.parameter("key"));
        return kept(Json.of(json -> write(json, erasure)));
    }

    private Reply all(Exchange exchange) {
        exchange.query();
        String owner = exchange.parameter("owner");
        String item = exchange.parameter("item");
        boolean isEvents = items.isEvents(owner, item);
        Share share = isEvents
                ? items.events(owner, item).share()
                : items.state(owner, item).share();
        policy.write(exchange.caller(), share);
        List<Erasure> erasures = isEvents
                ? items.events(owner, item).log().erasures()
                : items.state(owner, item).own().erasures();
        return kept(Json.of(json -> {
            json.writeStartObject().writeName("erasures").writeStartArray();
            erasures.forEach(erasure -> write(json, erasure));
            json.writeEndArray().writeEndObject();
        }));
    }

    private static void write(JsonGenerator json, Erasure erasure) {
        json.writeStartObject()
                .writeStringProperty("item", erasure.item())
                .writeStringProperty("key", erasure.key())
                .writeStringProperty("position", erasure.position().toString())
                .writeStringProperty("asked", erasure.asked().toString())
                .writeBooleanProperty("complete", erasure.complete())
                .writeName("holders")
                .writeStartArray();
        for (Erasure.Holder holder : erasure.holders()) {
            json.writeStartObject()
                    .writeStringProperty("name", holder.name())
                    .writeBooleanProperty("done", holder.done());
            holder.since().ifPresent(since -> json.writeStringProperty("acknowledged", since.toString()));
            if (!holder.failure().isEmpty()) {
                json.writeStringProperty("failure", holder.failure());
            }
            json.writeEndObject();
        }
        json.writeEndArray().writeEndObject();
    }

    private static Reply kept(byte[] content) {
        return Reply.of(200, Json.TYPE, content).with("Cache-Control", "no-store");
    }
}
