package dev.fairlead.api;

/** What an owner does with what it is told. */
@FunctionalInterface
public interface TellHandler<Q> {
    /**
     * Handles one thing that was told; when it returns, that is done and does not come again.
     *
     * <p>Called on a virtual thread, for several things at once and in no order; it may block, and should end soon when its thread is
     * interrupted. Whatever it throws is a failure: the same comes again with the same {@link Told#key}, to this instance or
     * another, also while an attempt that took too long is still going on, and also when the process died after the effect. So the
     * handler must see to it that the effect happens once, for example by a unique key in its database.
     */
    void handle(Q question, Told told) throws Exception;
}
