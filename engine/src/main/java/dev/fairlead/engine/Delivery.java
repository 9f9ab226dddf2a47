package dev.fairlead.engine;

import dev.fairlead.api.Change;
import dev.fairlead.api.Subscription;

/** Hands the changes of a copy to one listener. */
interface Delivery<K, V> extends Subscription {
    /** Takes a change, in the order of application. */
    void offer(Change<K, V> change);

    /** Whether the listener has still to be given something that was offered. */
    boolean owes();
}
