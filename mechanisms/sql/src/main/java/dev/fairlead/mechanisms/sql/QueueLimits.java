package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Queue;
import java.time.Duration;
import java.time.Instant;

/** What a caller of a queue may hand in. */
final class QueueLimits {
    private QueueLimits() {}

    static void checkPoll(String queue, int most) {
        if (most < 1 || most > Queue.MAX_POLL) {
            throw bad(queue, "a poll asks for 1 to " + Queue.MAX_POLL + " messages, not " + most);
        }
    }

    static void checkLease(String queue, Duration lease) {
        if (!lease.isPositive() || lease.compareTo(Queue.LONGEST) > 0) {
            throw bad(queue, "a lease is more than nothing and at most " + Queue.LONGEST + ", not " + lease);
        }
    }

    static void checkDelay(String queue, Duration delay) {
        if (delay.isNegative() || delay.compareTo(Queue.LONGEST) > 0) {
            throw bad(queue, "a message is given back for nothing up to " + Queue.LONGEST + ", not for " + delay);
        }
    }

    /** The moment, in nanoseconds since 1970; 0 when it has passed. */
    static long due(String queue, Instant notBefore, Instant now) {
        if (notBefore.isAfter(now.plus(Queue.FARTHEST))) {
            throw bad(queue, "a message waits for a moment within " + Queue.FARTHEST + ", not for " + notBefore);
        }
        return notBefore.isAfter(now) ? Nanos.of(notBefore) : 0;
    }

    static void checkList(String queue, int most) {
        if (most < 1 || most > DeadLetters.MOST) {
            throw bad(
                    queue, "1 to " + DeadLetters.MOST + " dead letters are listed or sent again at once, not " + most);
        }
    }

    static void checkReason(String queue, String reason) {
        if (reason.isBlank() || reason.length() > DeadLetters.MAX_REASON) {
            throw bad(queue, "the reason of a dismissal has 1 to " + DeadLetters.MAX_REASON + " characters");
        }
    }

    static FairleadException bad(String queue, String what) {
        return Limits.bad("queue " + queue + ": " + what);
    }
}
