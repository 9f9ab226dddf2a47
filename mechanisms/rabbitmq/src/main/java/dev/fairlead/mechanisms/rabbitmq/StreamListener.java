package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.FairleadException;

/** Hears what comes for one publisher or subscription, on a thread of the connection's that must not be held up. */
interface StreamListener {
    /** A piece of the stream has come. Returns whether another may come in its place, beside those that may come anyway. */
    default boolean came(StreamPiece piece) {
        return false;
    }

    default void confirmed(long id) {}

    /** Nothing more will come: the connection is lost, or its node no longer has the stream. */
    void lost(FairleadException why);
}
