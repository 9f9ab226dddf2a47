package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.FairleadException;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Knows of a command that is tried until it is answered whether an earlier try may still have an effect. */
final class Tries {
    private boolean answerLost;

    /** Makes one try. */
    Reply count(Supplier<Reply> command) {
        try {
            return command.get();
        } catch (JedisConnectionException e) {
            answerLost = true;
            throw e;
        }
    }

    /** Notes that a try was made elsewhere, and its answer is lost. */
    void noteLostAnswer() {
        answerLost = true;
    }

    boolean isAnswerLost() {
        return answerLost;
    }

    /** The failure as the caller is to see it. */
    FairleadException judge(String what, FairleadException failure) {
        return answerLost ? Failures.unknown(what, failure) : failure;
    }
}
