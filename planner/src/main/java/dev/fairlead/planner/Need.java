package dev.fairlead.planner;

import dev.fairlead.api.FailurePolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service's declared use of one item.
 *
 * @param uses the names it reads, as written; empty when the plan does not say, which means all
 * @param why printed wherever the need is
 */
public record Need(
        ItemId item,
        String reader,
        List<Located> uses,
        Freshness freshness,
        Load load,
        Trouble trouble,
        @Nullable Pin pin,
        @Nullable String why,
        Place place) {
    public Need {
        uses = List.copyOf(uses);
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
     */
    public record Load(
            @Nullable Quantity reads,
            @Nullable Quantity perRequest,
            @Nullable Quantity hot) {}

    /**
     * What groups do with events that they cannot handle, for event items; null where the plan does not say.
     *
     * @param whenUnknown what is done with an event that the plan does not know
     * @param whenFailing what is done with an event whose handler fails
     */
    public record Trouble(
            @Nullable WhenUnknown whenUnknown, @Nullable FailurePolicy whenFailing) {}

    /** A choice of mechanism that the plan fixes, and why. */
    public record Pin(String mechanism, String because, Place place) {}

    /** The names it reads; empty means all. */
    public List<String> usedNames() {
        return uses.stream().map(Located::text).toList();
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
