package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.input.QueueLimits;
import java.time.Instant;

/** When a message may be handed out, as the store keeps it. */
final class DueMoment {
    private DueMoment() {}

    /** The moment in milliseconds, never before it; {@link SendRequest#NOW} when it has passed. */
    static long of(String queue, Instant notBefore, Instant now) {
        QueueLimits.checkMoment(queue, notBefore, now);
        if (!notBefore.isAfter(now)) {
            return SendRequest.NOW;
        }
        long millis = notBefore.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(notBefore) ? millis + 1 : millis;
    }
}
