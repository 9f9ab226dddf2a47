package dev.fairlead.api;

import java.util.List;

/**
 * Some events of a log, in the direction in which they were read.
 *
 * @param records the events; may be empty although there are more
 * @param next where the following page in the same direction begins; equal to the cursor given when there is nothing more
 * @param passedOver how many records were left out because they are damaged or of an event that the plan does not know
 */
public record Page<K, E>(List<EventRecord<K, E>> records, Cursor next, long passedOver) {
    public Page {
        records = List.copyOf(records);
    }
}
