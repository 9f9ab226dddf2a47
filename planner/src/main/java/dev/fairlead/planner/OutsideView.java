package dev.fairlead.planner;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An item as outside clients get it: who is no service of the plan sees this much of it, under these names, and nothing else.
 *
 * @param clients whom it is for: the name of some clients, whom an access file lets in
 * @param shown what is shown, of a state item under {@link #STATE}, of an event item by event
 * @param only by what the values are told apart that a client may see; empty when it sees all
 * @param clearance the highest class that may be shown
 */
public record OutsideView(
        ItemId item,
        String clients,
        Map<String, List<Shown>> shown,
        List<Filter> only,
        DataClass clearance,
        Limits limits,
        Ending ending,
        Place place) {
    /** Where the fields of a state item stand in {@link #shown}. */
    public static final String STATE = "";

    public OutsideView {
        shown = Collections.unmodifiableMap(new LinkedHashMap<>(shown));
        only = List.copyOf(only);
    }

    /** A field under the name that it has outside. */
    public record Shown(String name, String field, Place place) {}

    /**
     * A client sees only what has the value of a claim of its own in a field.
     *
     * @param field one of the item's, which need not be shown, or the key of an event item
     * @param claim what the client's issuer vouches for
     */
    public record Filter(String field, String claim, Place place) {}

    /** So many calls in so long a time, of each client. */
    public record Allowance(long calls, Duration window) {}

    /**
     * What each client may take; null where the plan does not say.
     *
     * @param rate how fast, in the long run
     * @param quota how much, in a window that begins with the first call
     */
    public record Limits(@Nullable Allowance rate, @Nullable Allowance quota) {}

    /**
     * That the view is to end; null where the plan does not say.
     *
     * @param deprecated since when nothing new should use it
     * @param sunset from when on it may be gone
     */
    public record Ending(
            @Nullable LocalDate deprecated, @Nullable LocalDate sunset) {}

    /** What clients get of an item with this content: fields that it does not have are left out. */
    public Content of(Content content) {
        return switch (content) {
            case Content.State state ->
                new Content.State(state.key(), fields(shown.getOrDefault(STATE, List.of()), state.fields()));
            case Content.Events events -> {
                Map<String, Fields> some = new LinkedHashMap<>();
                shown.forEach((event, fields) -> {
                    Fields all = events.events().get(event);
                    if (all != null) {
                        some.put(event, fields(fields, all));
                    }
                });
                yield new Content.Events(events.key(), some);
            }
            case Content.Request request -> throw new IllegalArgumentException("requests have no view");
        };
    }

    private static Fields fields(List<Shown> shown, Fields all) {
        List<Field> fields = new ArrayList<>();
        for (Shown each : shown) {
            all.field(each.field())
                    .map(field -> new Field(
                            each.name(), field.type(), field.dataClass(), field.meaning(), field.defaultText()))
                    .ifPresent(fields::add);
        }
        return new Fields(fields);
    }

    /** What is shown, for people: fields, each with its name outside where that is another. */
    public String shownText() {
        return shown.entrySet().stream()
                .map(record -> (record.getKey().equals(STATE) ? "" : record.getKey() + ": ")
                        + (record.getValue().isEmpty()
                                ? "no field"
                                : record.getValue().stream()
                                        .map(each -> each.name().equals(each.field())
                                                ? each.name()
                                                : each.field() + " as " + each.name())
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("; "));
    }

    /** By what it is filtered, for people; empty when it is not. */
    public String filterText() {
        return only.stream()
                .map(each -> each.field() + " = claim " + each.claim())
                .collect(Collectors.joining(" and "));
    }

    /** The same for views that say the same, wherever they stand. */
    public String text() {
        return clients + " (" + shownText() + ") " + filterText() + " " + clearance + " " + limits + " " + ending;
    }
}
