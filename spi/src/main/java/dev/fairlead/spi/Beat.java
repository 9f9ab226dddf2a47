package dev.fairlead.spi;

import java.time.Instant;

/**
 * A sign of life of a log's writer: everything that was acknowledged before {@code time} stands below {@code end}.
 *
 * @param epoch of the writer
 * @param time by the writer's wall clock
 * @param end the offset that the next record will get
 */
public record Beat(long epoch, Instant time, long end) {}
