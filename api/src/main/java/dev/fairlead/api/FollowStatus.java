package dev.fairlead.api;

import java.util.Optional;

/**
 * How far a group is, and what it has counted since it began to follow.
 *
 * @param done everything before it is handled or parked, and this is durable
 * @param end behind the newest event of the log
 * @param handled events for which the handler returned
 * @param retried attempts that failed and were followed by another
 * @param parked events that are parked now
 * @param passedOver events that this service does not use
 * @param missed events that retention took before the group came to them
 * @param replay the replay under way
 * @param damaged places of the parking log that cannot be read: what was parked there is lost to the group, and said in the log
 * @param stopped why the group takes no further events, and what to do, if it does not
 * @param state whether the group takes events here
 * @param hindered why what failed for good cannot be parked at the moment, if it cannot: its keys wait and are tried again, no other key notices
 */
public record FollowStatus(
        Position done,
        Position end,
        long handled,
        long retried,
        long parked,
        long passedOver,
        long missed,
        Optional<Replay> replay,
        long damaged,
        Optional<String> stopped,
        State state,
        Optional<ErrorCode> hindered) {
    /** Whether a group takes events here. */
    public enum State {
        /** It does. */
        FOLLOWING,
        /** As much is parked as may be: it goes on when there is room. */
        FULL,
        /** Another instance has taken the group over; this one stands by where the mechanism has heartbeats. */
        REPLACED,
        /** It was closed. */
        CLOSED
    }

    /**
     * A replay under way.
     *
     * @param from where it began
     * @param next everything before it is done
     * @param until where it ends
     */
    public record Replay(Position from, Position next, Position until) {}
}
