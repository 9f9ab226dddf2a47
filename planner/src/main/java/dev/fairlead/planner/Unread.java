package dev.fairlead.planner;

import java.util.HashSet;
import java.util.Set;

/** What was written but could not be read, so that its absence is not reported as a fault of those who name it. */
final class Unread {
    private final Set<ItemId> items = new HashSet<>();
    private boolean services;

    void item(ItemId item) {
        items.add(item);
    }

    void service() {
        services = true;
    }

    void addAll(Unread others) {
        items.addAll(others.items);
        services |= others.services;
    }

    /** Whether the item may well be there, but in what could not be read. */
    boolean covers(ItemId item, Set<String> readServices) {
        return items.contains(item) || (services && !readServices.contains(item.owner()));
    }
}
