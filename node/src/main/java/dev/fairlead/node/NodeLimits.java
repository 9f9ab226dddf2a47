package dev.fairlead.node;

import dev.fairlead.spi.LogEntry;

/**
 * How much a node takes on; what is more is refused.
 *
 * @param connections at once; more wait to be accepted
 * @param calls being worked on at once; more get 503
 * @param streams open at once; more get 503
 * @param body bytes of a request's body
 * @param header bytes of a request's line and headers together
 * @param page bytes of values in one page, which ends early when they are reached
 */
public record NodeLimits(int connections, int calls, int streams, int body, int header, int page) {
    /** For a machine of usual size. */
    public static NodeLimits defaults() {
        return new NodeLimits(4_000, 512, 2_000, LogEntry.MAX_PAYLOAD, 8 * 1024, 4 << 20);
    }
}
