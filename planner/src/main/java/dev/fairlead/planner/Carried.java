package dev.fairlead.planner;

import java.util.List;
import java.util.Set;

/**
 * What a mechanism of the landscape is kept for: everything, or some kinds of items and some items by their ids. An item is carried by one
 * mechanism, so what counts is its kind, not how it reaches a reader.
 *
 * @param names kinds and ids; empty for everything
 */
public record Carried(Set<String> names) {
    /** Every item. */
    public static final Carried EVERYTHING = new Carried(Set.of());

    /** The words for kinds; a tell is a request that is guaranteed to be delivered. */
    static final List<String> KINDS = List.of("state", "event", "request", "tell");

    public Carried {
        names = Set.copyOf(names);
    }

    boolean includes(Share share) {
        return names.isEmpty()
                || names.contains(kind(share))
                || names.contains(share.id().toString());
    }

    static String kind(Share share) {
        return switch (share.content()) {
            case Content.State state -> "state";
            case Content.Events events -> "event";
            case Content.Request request -> request.delivery() == Content.Delivery.GUARANTEED ? "tell" : "request";
        };
    }
}
