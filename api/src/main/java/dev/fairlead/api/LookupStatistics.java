package dev.fairlead.api;

/**
 * What a {@link Lookup} has counted since it opened.
 *
 * @param asked reads and searches for which the owner's table was asked
 * @param reused reads that were answered by what an earlier one had brought
 * @param dropped kept values that were dropped because the item's feed told of a change
 */
public record LookupStatistics(long asked, long reused, long dropped) {}
