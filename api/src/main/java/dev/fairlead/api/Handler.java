package dev.fairlead.api;

/**
 * What a group does with each event.
 *
 * <p>Called on threads of the group, for one event of a key at a time and for several keys at once. When it returns, the event is
 * done; whatever it throws is a failure.
 */
public sealed interface Handler<K, E> {
    /** The action itself. */
    Action<K, E> action();

    /** Builds something that can be built again: it is called during a replay. */
    static <K, E> Handler<K, E> projection(Action<K, E> action) {
        return new Projection<>(action);
    }

    /** Has an effect on the world outside, such as a mail: it is not called during a replay. */
    static <K, E> Handler<K, E> effect(Action<K, E> action) {
        return new Effect<>(action);
    }

    /** What is done with one event. */
    @FunctionalInterface
    interface Action<K, E> {
        /** Handles the event; it should end soon when its thread is interrupted. */
        void handle(EventRecord<K, E> happened) throws Exception;
    }

    /** Made by {@link #projection}. */
    record Projection<K, E>(Action<K, E> action) implements Handler<K, E> {}

    /** Made by {@link #effect}. */
    record Effect<K, E>(Action<K, E> action) implements Handler<K, E> {}
}
