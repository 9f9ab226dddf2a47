package dev.fairlead.engine;

import dev.fairlead.api.Change;
import java.util.function.Consumer;

/** Calls the listener with every change, on the applying thread. */
final class DirectDelivery<K, V> implements Delivery<K, V> {
    private final GuardedListener<K, V> listener;
    private final Consumer<Delivery<K, V>> onClose;

    DirectDelivery(GuardedListener<K, V> listener, Consumer<Delivery<K, V>> onClose) {
        this.listener = listener;
        this.onClose = onClose;
    }

    @Override
    public void offer(Change<K, V> change) {
        listener.accept(change);
    }

    @Override
    public boolean owes() {
        return false;
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
