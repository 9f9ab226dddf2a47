package dev.fairlead.planner;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All that needs may name, as it was written; for any thread, once it has all been read. */
final class NeededItems {
    private final Map<ItemId, Share> items;
    private final Set<String> services;
    private final Unread unread;
    private final Map<ItemId, Map<String, DataClass>> usable = new ConcurrentHashMap<>();

    NeededItems(Map<ItemId, Share> items, Set<String> services, Unread unread) {
        this.items = items;
        this.services = services;
        this.unread = unread;
    }

    @Nullable
    Share share(ItemId item) {
        return items.get(item);
    }

    /** Whether the item may well be there, but in what could not be read. */
    boolean mayBeUnread(ItemId item) {
        return unread.covers(item, services);
    }

    /** The names of all items, in order. */
    List<String> names() {
        return items.keySet().stream().map(ItemId::toString).sorted().toList();
    }

    /** What a need may name of an item, with its class. */
    Map<String, DataClass> usable(Share share) {
        return usable.computeIfAbsent(share.id(), id -> usable(share.content()));
    }

    /** What a need may name, with its class: fields, or for events the events and their fields. */
    private static Map<String, DataClass> usable(Content content) {
        Map<String, DataClass> usable = new LinkedHashMap<>();
        switch (content) {
            case Content.State state -> add(usable, "", state.fields());
            case Content.Request request -> add(usable, "", request.answer() == null ? Fields.NONE : request.answer());
            case Content.Events events -> {
                events.events().forEach((name, fields) -> usable.put(name, fields.highestClass()));
                events.events().forEach((name, fields) -> add(usable, name + ".", fields));
            }
        }
        return usable;
    }

    private static void add(Map<String, DataClass> usable, String prefix, Fields fields) {
        for (Field field : fields.list()) {
            usable.put(prefix + field.name(), field.highestClass());
        }
    }
}
