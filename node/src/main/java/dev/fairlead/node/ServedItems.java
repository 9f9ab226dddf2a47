package dev.fairlead.node;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.engine.DocumentServices;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Landscape;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.TimeSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items that the node serves, by id. */
final class ServedItems {
    private final Map<String, ServedState> states = new LinkedHashMap<>();
    private final Map<String, ServedEvents> events = new LinkedHashMap<>();
    private final Map<String, ServedRequests> requests = new LinkedHashMap<>();

    ServedItems(DocumentServices services, CodecProvider codecs) {
        for (Share share : services.plan().items()) {
            String id = share.id().toString();
            Fairlead owner = services.of(share.id().owner());
            switch (share.content()) {
                case Content.State content -> states.put(id, state(share, content, owner, services, codecs));
                case Content.Events content ->
                    events.put(id, events(share, content, owner, services.carrier(share.id()), codecs));
                case Content.Request content ->
                    requests.put(
                            id,
                            new ServedRequests(
                                    share, content, services.requests(share.id().owner()), TimeSource.SYSTEM));
            }
        }
    }

    private static ServedState state(
            Share share, Content.State content, Fairlead owner, DocumentServices services, CodecProvider codecs) {
        String carrier = services.carrier(share.id());
        ServedState state =
                new ServedState(share, content, services.plan().searchedFields(share.id()), owner, carrier, codecs);
        if (carrier.equals(Landscape.EMBEDDED) && !services.isLent()) {
            state.own();
        }
        return state;
    }

    private static ServedEvents events(
            Share share, Content.Events content, Fairlead owner, String carrier, CodecProvider codecs) {
        Events<String, EventDocument> log =
                owner.events(EventItem.of(share.id().toString(), String.class, EventDocument.class));
        return new ServedEvents(
                share, content, log, ServedEventView.of(share, content, codecs), TakeBack.of(carrier, log::takeOver));
    }

    Collection<ServedState> states() {
        return states.values();
    }

    /** The state item of this owner and name; fails with NOT_FOUND. */
    ServedState state(String owner, String name) {
        return found(states.get(owner + "." + name), "state item", owner, name);
    }

    /** The event item of this owner and name; fails with NOT_FOUND. */
    ServedEvents events(String owner, String name) {
        return found(events.get(owner + "." + name), "event item", owner, name);
    }

    /** The request item of this owner and name; fails with NOT_FOUND. */
    ServedRequests requests(String owner, String name) {
        return found(requests.get(owner + "." + name), "request item", owner, name);
    }

    /** Whether this is an event item. */
    boolean isEvents(String owner, String name) {
        return events.containsKey(owner + "." + name);
    }

    /** Ends all that waits for something to happen: no stream goes on, nothing more is taken. */
    void end() {
        states.values().forEach(ServedState::end);
        requests.values().forEach(ServedRequests::close);
    }

    private static <T> T found(@Nullable T item, String what, String owner, String name) {
        if (item == null) {
            String id = new ItemId(owner, name).toString();
            throw new Problem(ProblemType.NOT_FOUND, "the plan has no " + what + " " + id);
        }
        return item;
    }
}
