package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Message;
import dev.fairlead.api.FairleadException;

/** Hears what comes for one publisher or subscription, on a thread of the connection's that must not be held up. */
interface StreamListener {
    /** A piece of the stream has come; its messages follow. Returns whether another may come in its place, beside those that may come anyway. */
    default boolean chunk(long first, long count) {
        return false;
    }

    default void message(long offset, Message message) {}

    default void confirmed(long id) {}

    /** Nothing more will come: the connection is lost, or its node no longer has the stream. */
    void lost(FairleadException why);
}
