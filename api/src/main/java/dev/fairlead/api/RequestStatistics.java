package dev.fairlead.api;

/**
 * What one side of a request item has counted since it opened: an asker its own questions, an owner's handler those that came.
 *
 * @param asked questions; for a handler each attempt counts
 * @param answered questions that were answered
 * @param refused questions that the handler refused with {@link RequestRefused}
 * @param failed questions that failed otherwise, except for the next; for a handler those for which it threw
 * @param unknown questions whose outcome the asker never learned; 0 for a handler
 * @param retried attempts after the first
 * @param foreign answers that belonged to another question or were damaged, and were not handed on; for a handler such questions
 * @param late answers that were dropped because nobody waited for them any more, counted where they are found: at the handler
 * @param underWay questions without an outcome now
 * @param kept questions that got the answer of an earlier one, and are not among those asked; 0 for a handler
 */
public record RequestStatistics(
        long asked,
        long answered,
        long refused,
        long failed,
        long unknown,
        long retried,
        long foreign,
        long late,
        long underWay,
        long kept) {}
