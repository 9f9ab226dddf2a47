package dev.fairlead.spi.input;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import java.time.Duration;
import java.time.Instant;

/** What a caller of a queue may hand in. All checks fail with BAD_VALUE, and say what is allowed. */
public final class QueueLimits {
    private static final byte[] NOTHING = {};

    private QueueLimits() {}

    /** A message that is sent. */
    public static void checkMessage(String queue, Question message) {
        checkPart(queue, "header", message.header(), Question.MAX_HEADER);
        checkPart(queue, "payload", message.payload(), Question.MAX_PAYLOAD);
    }

    private static void checkPart(String queue, String name, byte[] part, int longest) {
        if (part.length > longest) {
            throw bad(queue, "a message's " + name + " has at most " + longest + " bytes, not " + part.length);
        }
    }

    /** A message as it was found where strangers can write; one that breaks the limits comes without its content, and stops nobody. */
    public static Question found(byte[] header, byte[] payload) {
        return header.length > Question.MAX_HEADER || payload.length > Question.MAX_PAYLOAD
                ? new Question(NOTHING, NOTHING)
                : new Question(header, payload);
    }

    /** How many messages a poll asks for. */
    public static void checkPoll(String queue, int most) {
        if (most < 1 || most > Queue.MAX_POLL) {
            throw bad(queue, "a poll asks for 1 to " + Queue.MAX_POLL + " messages, not " + most);
        }
    }

    /** How long a receiver has a message. */
    public static void checkLease(String queue, Duration lease) {
        if (!lease.isPositive() || lease.compareTo(Queue.LONGEST) > 0) {
            throw bad(queue, "a lease is more than nothing and at most " + Queue.LONGEST + ", not " + lease);
        }
    }

    /** For how long a message is given back. */
    public static void checkDelay(String queue, Duration delay) {
        if (delay.isNegative() || delay.compareTo(Queue.LONGEST) > 0) {
            throw bad(queue, "a message is given back for nothing up to " + Queue.LONGEST + ", not for " + delay);
        }
    }

    /** The moment that a message waits for. */
    public static void checkMoment(String queue, Instant notBefore, Instant now) {
        if (notBefore.isAfter(now.plus(Queue.FARTHEST))) {
            throw bad(queue, "a message waits for a moment within " + Queue.FARTHEST + ", not for " + notBefore);
        }
    }

    /** How many dead letters are listed or sent again at once. */
    public static void checkList(String queue, int most) {
        if (most < 1 || most > DeadLetters.MOST) {
            throw bad(
                    queue, "1 to " + DeadLetters.MOST + " dead letters are listed or sent again at once, not " + most);
        }
    }

    /** Why dead letters are dismissed. */
    public static void checkReason(String queue, String reason) {
        if (reason.isBlank() || reason.length() > DeadLetters.MAX_REASON) {
            throw bad(queue, "the reason of a dismissal has 1 to " + DeadLetters.MAX_REASON + " characters");
        }
    }

    /** The refusal of something else that a caller handed in. */
    public static FairleadException bad(String queue, String what) {
        return LogLimits.bad("queue " + queue + ": " + what);
    }
}
