package dev.fairlead.api;

/**
 * How much of what an item is told waits, and what a handler has counted since it began.
 *
 * @param waiting for room at any instance
 * @param later not to be handled yet: told for later, or given back after a failure
 * @param held by handlers of all instances now
 * @param dead set aside now
 * @param handled attempts for which this handler returned in time
 * @param retried attempts of this handler that failed and were followed by another
 * @param setAside what this handler made dead letters of
 * @param late attempts of this handler that came to their end when they were no longer its own
 */
public record TellStatistics(
        long waiting, long later, long held, long dead, long handled, long retried, long setAside, long late) {}
