package dev.fairlead.node;

import dev.fairlead.spi.LogEntry;
import java.time.Duration;

/**
 * How much a node takes on; what is more is refused.
 *
 * @param connections at once; more wait to be accepted
 * @param calls being worked on at once; more get 503
 * @param streams open at once; more get 503
 * @param body bytes of a request's body
 * @param header bytes of a request's line and headers together
 * @param page bytes of values in one page, which ends early when they are reached
 * @param heartbeat the longest silence of a stream
 * @param silence after which a connection that says nothing is closed, also in the middle of a request
 * @param drain how long calls under way may go on when the node stops
 */
public record NodeLimits(
        int connections,
        int calls,
        int streams,
        int body,
        int header,
        int page,
        Duration heartbeat,
        Duration silence,
        Duration drain) {

    /** For a machine of usual size. */
    public static NodeLimits defaults() {
        return new NodeLimits(
                4_000,
                512,
                2_000,
                LogEntry.MAX_PAYLOAD,
                8 * 1024,
                4 << 20,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20));
    }
}
