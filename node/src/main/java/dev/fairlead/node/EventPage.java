package dev.fairlead.node;

import java.util.List;

/**
 * A page of events as a caller gets it.
 *
 * @param next where to go on
 * @param passedOver how many retention had taken before they were read; of who is outside it is told no number
 */
record EventPage(List<ShownEvent> events, String next, long passedOver) {
    EventPage {
        events = List.copyOf(events);
    }
}
