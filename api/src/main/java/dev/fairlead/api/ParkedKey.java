package dev.fairlead.api;

import java.util.List;

/**
 * A key that was set aside.
 *
 * @param key the key in its text form
 * @param total how many events are parked under it
 * @param events the first of them, in their order
 */
public record ParkedKey(String key, long total, List<ParkedEvent> events) {
    public ParkedKey {
        events = List.copyOf(events);
    }
}
