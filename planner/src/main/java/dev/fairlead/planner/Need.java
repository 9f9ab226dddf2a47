package dev.fairlead.planner;

import dev.fairlead.api.FailurePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One service's declared use of one item.
 *
 * @param uses the names it reads, as written; empty when the plan does not say, which means all
 * @param unknownSymbols by the name of an enum field, the symbol that it takes a symbol for which its plan does not know
 * @param direct the reader's look into the owner's database, if it has one
 * @param why printed wherever the need is
 */
public record Need(
        ItemId item,
        String reader,
        List<Located> uses,
        Freshness freshness,
        Load load,
        Trouble trouble,
        Map<String, Located> unknownSymbols,
        @Nullable Pin pin,
        @Nullable Direct direct,
        @Nullable String why,
        Place place) {
    public Need {
        uses = List.copyOf(uses);
        unknownSymbols = Map.copyOf(unknownSymbols);
    }

    /**
     * How old the data may be; null where the plan does not say.
     *
     * @param within the oldest age that will do
     * @param conflate at most one change per key in this time, for state items
     */
    public record Freshness(
            @Nullable Duration within,
            @Nullable WhenStale whenStale,
            @Nullable Duration conflate) {}

    /**
     * How much is read; null where the plan does not say.
     *
     * @param reads per second, of the whole service
     * @param perRequest lookups for one request of a user
     * @param hot the share of the keys that get most reads
     * @param by the fields by which it looks values up besides the key; none when the plan does not say
     */
    public record Load(
            @Nullable Quantity reads,
            @Nullable Quantity perRequest,
            @Nullable Quantity hot,
            List<Located> by) {
        public Load {
            by = List.copyOf(by);
        }
    }

    /**
     * A choice that the plan fixes, and why; at least one of the first two is there.
     *
     * @param mechanism what carries the item
     * @param scenario how a state item reaches the reader
     */
    public record Pin(@Nullable String mechanism, @Nullable Scenario scenario, String because, Place place) {}

    /** What of the owner's database the reader looks into by itself, past every mechanism, and why. */
    public record Direct(Store store, String because, Place place) {}

    /** What a reader may look into. */
    public enum Store {
        /** A table of the owner's, whose columns the owner can no longer change alone. */
        TABLE,
        /** A view that the owner keeps for its readers. */
        VIEW
    }

    /** The same need, but for the used names that stand at these places. */
    public Need without(Set<Place> places) {
        List<Located> left =
                uses.stream().filter(use -> !places.contains(use.place())).toList();
        return new Need(item, reader, left, freshness, load, trouble, unknownSymbols, pin, direct, why, place);
    }

    /** The same need with another load. */
    public Need with(Load other) {
        return new Need(item, reader, uses, freshness, other, trouble, unknownSymbols, pin, direct, why, place);
    }

    /**
     * What groups do with events that they cannot handle, for event items; null where the plan does not say.
     *
     * @param whenUnknown what is done with an event that the plan does not know
     * @param whenFailing what is done with an event whose handler fails
     */
    public record Trouble(
            @Nullable WhenUnknown whenUnknown, @Nullable FailurePolicy whenFailing) {}

    /** The names it reads; empty means all. */
    public List<String> usedNames() {
        return uses.isEmpty() ? List.of() : uses.stream().map(Located::text).toList();
    }

    /** The oldest age that will do, if the plan says. */
    public @Nullable Duration within() {
        return freshness.within();
    }

    /** What the reader does with data older than that, if the plan says. */
    public @Nullable WhenStale whenStale() {
        return freshness.whenStale();
    }

    /** What is done with an event that the plan does not know, if the plan says. */
    public @Nullable WhenUnknown whenUnknown() {
        return trouble.whenUnknown();
    }

    /** What is done with an event whose handler fails, if the plan says. */
    public @Nullable FailurePolicy whenFailing() {
        return trouble.whenFailing();
    }

    /** In what time the reader wants at most one change per key, if the plan says. */
    public @Nullable Duration conflate() {
        return freshness.conflate();
    }
}
