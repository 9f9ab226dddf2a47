package dev.fairlead.node;

import java.time.Duration;

/**
 * How long a node is patient.
 *
 * @param heartbeat the longest silence of a stream
 * @param silence after which a connection that says nothing is closed, also in the middle of a request
 * @param drain how long calls under way may go on when the node stops
 */
public record NodeTimes(Duration heartbeat, Duration silence, Duration drain) {
    /** The usual times. */
    public static NodeTimes defaults() {
        return new NodeTimes(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(20));
    }

    /** These times with another heartbeat. */
    public NodeTimes withHeartbeat(Duration other) {
        return new NodeTimes(other, silence, drain);
    }
}
