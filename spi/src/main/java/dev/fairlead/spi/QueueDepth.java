package dev.fairlead.spi;

/**
 * How many messages a queue holds.
 *
 * @param waiting for a receiver
 * @param later not to be handed out yet
 * @param held by receivers now
 * @param dead set aside
 */
public record QueueDepth(long waiting, long later, long held, long dead) {}
