package dev.fairlead.api;

import java.sql.Connection;

/** What is done with one event inside a database transaction of Fairlead's. */
@FunctionalInterface
public interface TransactionalAction<K, E> {
    /**
     * Handles the event on the connection, whose transaction is committed when this returns, together with the note that the event is
     * handled. Whatever it throws rolls both back. It must not commit, roll back or close: such a call fails with
     * {@link ErrorCode#TRANSACTION}. It should end soon when its thread is interrupted.
     */
    void handle(Connection transaction, EventRecord<K, E> happened) throws Exception;
}
