package dev.fairlead.generate;

import dev.fairlead.planner.Place;

/**
 * Why nothing is generated: something of the plan that an output cannot express.
 *
 * @param message what is wrong and, in brackets, what to do
 */
public record Refusal(Place place, String message) {

    /** {@code FILE:LINE:COLUMN: message}. */
    public String line() {
        return place + ": " + message;
    }
}
