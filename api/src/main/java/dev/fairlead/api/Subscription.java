package dev.fairlead.api;

/** A running delivery to a listener. */
public interface Subscription extends AutoCloseable {
    /** Ends the delivery; a call that is under way may still finish. Safe to call twice. */
    @Override
    void close();
}
