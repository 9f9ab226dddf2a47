package dev.fairlead.node.limits;

import java.util.List;

/**
 * What came of a client's call.
 *
 * @param admission FULL when there are too many clients, TOO_FAST when an allowance is used up
 * @param left of each allowance
 * @param waitSeconds until a call would be admitted; 0 when this one was
 */
public record Taking(CallerRooms.Admission admission, List<Spent> left, long waitSeconds) {
    public Taking {
        left = List.copyOf(left);
    }
}
