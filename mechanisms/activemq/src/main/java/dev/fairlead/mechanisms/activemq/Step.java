package dev.fairlead.mechanisms.activemq;

import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * One part of a transaction: what was delivered is taken out of the broker, and perhaps sent again.
 *
 * @param done what is taken out
 * @param again what is sent for it, if anything
 * @param place where to
 */
record Step(Delivery done, @Nullable Message<?> again, Place place) {
    /** Where a message of a queue may stand. */
    enum Place {
        MAIN,
        LATER,
        DEAD
    }

    static Step remove(Delivery done) {
        return new Step(done, null, Place.MAIN);
    }
}
