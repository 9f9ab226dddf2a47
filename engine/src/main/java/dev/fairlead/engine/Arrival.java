package dev.fairlead.engine;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Origin;

/** What a record of an event log is to one service. */
sealed interface Arrival<K, E> {
    /**
     * An event that it uses.
     *
     * @param origin what its handler runs with
     */
    record Known<K, E>(EventRecord<K, E> happened, Origin origin) implements Arrival<K, E> {}

    /** An event of the plan that it does not use, the place of an erased one, or the record of an erasure. */
    record Unused<K, E>() implements Arrival<K, E> {}

    /** An event that its plan does not know. */
    record Unknown<K, E>(String error) implements Arrival<K, E> {}

    /** A record that cannot be read as an event. */
    record Damaged<K, E>(String error) implements Arrival<K, E> {}
}
