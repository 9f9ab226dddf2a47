package dev.fairlead.api;

/**
 * What a copy has counted since it opened.
 *
 * @param applied records that changed the copy
 * @param duplicates records that came again, or were older than what the copy had, and changed nothing
 * @param gaps records found missing
 * @param recovered missing records that were fetched again or overtaken by a newer one of their key
 * @param damaged records whose checksum or form was wrong
 * @param delivered changes handed to listeners
 * @param conflated changes skipped in favour of a newer one of the same key
 * @param listenerFailures changes whose listener threw
 */
public record CopyStatistics(
        long applied,
        long duplicates,
        long gaps,
        long recovered,
        long damaged,
        long delivered,
        long conflated,
        long listenerFailures) {}
