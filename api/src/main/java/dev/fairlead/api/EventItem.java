package dev.fairlead.api;

import java.util.Objects;

/**
 * A handle of an event item: its id in the plan and the Java types that this service uses for it.
 *
 * <p>The event type is a sealed interface whose permitted types are records, each with the name of one of the plan's events and
 * with components named as its fields, or with a {@link PlanName}. The owner's has all events and fields; a reader's has all events of its
 * {@code uses}, each with the fields that it uses, or some of these. Handles are checked against the plan when the service opens.
 *
 * @param id {@code owner.name}, as in the plan
 * @param keyType String, Integer, Long, UUID or an enum
 * @param eventType a sealed interface of records
 */
public record EventItem<K, E>(String id, Class<K> keyType, Class<E> eventType) implements Item {
    public EventItem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(keyType, "keyType");
        if (!eventType.isInterface() || !eventType.isSealed()) {
            throw new IllegalArgumentException(
                    "the event type of " + id + " must be a sealed interface, but is " + eventType.getName());
        }
        for (Class<?> permitted : eventType.getPermittedSubclasses()) {
            if (!permitted.isRecord()) {
                throw new IllegalArgumentException(
                        "each event of " + id + " must be a record, but " + permitted.getName() + " is none");
            }
        }
    }

    /** Makes a handle. */
    public static <K, E> EventItem<K, E> of(String id, Class<K> keyType, Class<E> eventType) {
        return new EventItem<>(id, keyType, eventType);
    }
}
