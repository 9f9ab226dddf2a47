package dev.fairlead.spi;

/**
 * What a partition of a log holds.
 *
 * @param start the lowest offset that may still be there; everything below has gone by age, or never was
 * @param compactedBelow below it superseded records may be missing; from it on nothing is; never less than {@code start}
 * @param end the offset that the next record will get, at least; everything below is committed
 */
public record LogBounds(long start, long compactedBelow, long end) {}
