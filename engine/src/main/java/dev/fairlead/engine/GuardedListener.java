package dev.fairlead.engine;

import dev.fairlead.api.Change;
import java.util.function.Consumer;

/** A listener of the application, whose failures are counted and logged and go no further. */
final class GuardedListener<K, V> {
    private static final System.Logger LOG = System.getLogger(GuardedListener.class.getName());

    private final String copy;
    private final Consumer<Change<K, V>> listener;
    private final Counters counters;

    GuardedListener(String copy, Consumer<Change<K, V>> listener, Counters counters) {
        this.copy = copy;
        this.listener = listener;
        this.counters = counters;
    }

    void accept(Change<K, V> change) {
        counters.delivered.increment();
        try {
            listener.accept(change);
        } catch (RuntimeException | Error e) {
            counters.listenerFailures.increment();
            LOG.log(System.Logger.Level.WARNING, () -> "a listener of " + copy + " failed", e);
        }
    }
}
