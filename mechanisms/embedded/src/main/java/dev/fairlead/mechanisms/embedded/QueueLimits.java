package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
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

    /** The moment in milliseconds, never before it; {@link SendRequest#NOW} when it has passed. */
    static long due(String queue, Instant notBefore, Instant now) {
        if (notBefore.isAfter(now.plus(Queue.FARTHEST))) {
            throw bad(queue, "a message waits for a moment within " + Queue.FARTHEST + ", not for " + notBefore);
        }
        if (!notBefore.isAfter(now)) {
            return SendRequest.NOW;
        }
        long millis = notBefore.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(notBefore) ? millis + 1 : millis;
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

    static long nanos(Duration wait) {
        return wait.compareTo(Duration.ofDays(365)) > 0 ? Duration.ofDays(365).toNanos() : wait.toNanos();
    }

    private static FairleadException bad(String queue, String what) {
        return new FairleadException(ErrorCode.BAD_VALUE, "queue " + queue + ": " + what);
    }
}
