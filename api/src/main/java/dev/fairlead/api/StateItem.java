package dev.fairlead.api;

import java.util.Objects;

/**
 * A handle of a state item: its id in the plan and the Java types that this service uses for it.
 *
 * <p>The value type is a record whose components carry the names of the plan's fields (or say them by {@link PlanName}): the owner's has all of them, a reader's
 * has the fields of its {@code uses} or some of these. Handles are checked against the plan when the service opens.
 *
 * @param id {@code owner.name}, as in the plan
 * @param keyType String, Integer, Long, UUID or an enum, as the plan's key field asks
 * @param valueType a record
 */
public record StateItem<K, V>(String id, Class<K> keyType, Class<V> valueType) implements Item {
    public StateItem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(keyType, "keyType");
        if (!valueType.isRecord()) {
            throw new IllegalArgumentException(
                    "the value type of " + id + " must be a record, but is " + valueType.getName());
        }
    }

    /** Makes a handle. */
    public static <K, V> StateItem<K, V> of(String id, Class<K> keyType, Class<V> valueType) {
        return new StateItem<>(id, keyType, valueType);
    }
}
