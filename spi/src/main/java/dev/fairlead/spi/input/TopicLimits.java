package dev.fairlead.spi.input;

import dev.fairlead.spi.Topic;

/** What a caller of a topic may hand in, beside names and messages. All checks fail with BAD_VALUE, and say what is allowed. */
public final class TopicLimits {
    private TopicLimits() {}

    /** How many messages a poll asks for. */
    public static void checkPoll(String topic, int most) {
        if (most < 1 || most > Topic.MAX_POLL) {
            throw LogLimits.bad(
                    "topic " + topic + ": a poll asks for 1 to " + Topic.MAX_POLL + " messages, not " + most);
        }
    }
}
