package dev.fairlead.api;

/**
 * An owner's running handler of a request item.
 *
 * <p>{@link #close} takes no more questions and does not wait; what the handler holds runs on and is answered. To close the
 * whole service instead leaves the outcome of these unknown to their askers, if the service opened the mechanism itself.
 */
public interface Answering extends Subscription {
    /** What this handler has counted. */
    RequestStatistics statistics();
}
