package dev.fairlead.planner.coupling;

import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Share;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The fields of items by the names that a need uses, {@code field} or {@code Event.field}, with their types; looked up once. */
final class FieldUse {
    private final Map<ItemId, Map<String, String>> known = new HashMap<>();

    Map<String, String> fields(Share share) {
        return known.computeIfAbsent(share.id(), id -> of(share));
    }

    private static Map<String, String> of(Share share) {
        Map<String, String> fields = new LinkedHashMap<>();
        switch (share.content()) {
            case Content.State state -> add(fields, "", state.fields());
            case Content.Request request -> add(fields, "", request.answer() == null ? Fields.NONE : request.answer());
            case Content.Events events -> events.events().forEach((name, each) -> add(fields, name + ".", each));
        }
        return fields;
    }

    /**
     * The fields that a need uses; all when it does not say, and all of an event when it names the event. The key of a state item is used
     * whether it is named or not: by it the reader finds the value.
     */
    Set<String> used(Share share, Need need) {
        if (need.uses().isEmpty()) {
            return fields(share).keySet();
        }
        Set<String> named = new LinkedHashSet<>(need.usedNames());
        if (share.content() instanceof Content.State state) {
            named.add(state.key());
        }
        Set<String> used = new LinkedHashSet<>();
        for (String field : fields(share).keySet()) {
            int dot = field.indexOf('.');
            if (named.contains(field) || (dot > 0 && named.contains(field.substring(0, dot)))) {
                used.add(field);
            }
        }
        return used;
    }

    private static void add(Map<String, String> fields, String prefix, Fields added) {
        added.list()
                .forEach(field -> fields.put(prefix + field.name(), field.type().text()));
    }
}
