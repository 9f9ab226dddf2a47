package dev.fairlead.api;

import javax.sql.DataSource;

/**
 * What a group does with each event.
 *
 * <p>Called on threads of the group, for one event of a key at a time and for several keys at once. When it returns, the event is
 * done; whatever it throws is a failure.
 */
public sealed interface Handler<K, E> {
    /** Builds something that can be built again: it is called during a replay. */
    static <K, E> Handler<K, E> projection(Action<K, E> action) {
        return new Projection<>(action);
    }

    /** Has an effect on the world outside, such as a mail: it is not called during a replay. */
    static <K, E> Handler<K, E> effect(Action<K, E> action) {
        return new Effect<>(action);
    }

    /**
     * Has its effect in a database: each event is handled in a transaction that also notes it as handled in the table
     * {@code fairlead_inbox}, so that it takes effect once however often it comes. Not called during a replay, and during no repetition of an event.
     *
     * @param database the application's; each attempt takes a connection and gives it back
     */
    static <K, E> Transactional<K, E> transactional(DataSource database, TransactionalAction<K, E> action) {
        return new Transactional<>(database, 1, Tables.CREATE, action);
    }

    /**
     * As {@link #transactional}, for many small events: up to so many share a transaction, one after the other on one thread. When it fails,
     * it is rolled back, and each of its events comes again in a transaction of its own, so that only the key that fails is parked.
     *
     * @param most how many events share a transaction, 2 to 1,000
     */
    static <K, E> Transactional<K, E> transactionalInBatches(
            DataSource database, int most, TransactionalAction<K, E> action) {
        if (most < 2) {
            throw new IllegalArgumentException("a batch has at least 2 events: " + most);
        }
        return new Transactional<>(database, most, Tables.CREATE, action);
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

    /**
     * Made by {@link #transactional} and {@link #transactionalInBatches}.
     *
     * @param most how many events share a transaction, 1 to 1,000
     * @param tables what is done when the table {@code fairlead_inbox} is missing
     */
    record Transactional<K, E>(DataSource database, int most, Tables tables, TransactionalAction<K, E> action)
            implements Handler<K, E> {
        public Transactional {
            if (most < 1 || most > 1000) {
                throw new IllegalArgumentException("a transaction has 1 to 1,000 events: " + most);
            }
        }

        /** The same with another way to treat a missing table. */
        public Transactional<K, E> withTables(Tables treated) {
            return new Transactional<>(database, most, treated, action);
        }
    }
}
