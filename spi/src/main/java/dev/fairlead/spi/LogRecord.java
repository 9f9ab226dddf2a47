package dev.fairlead.spi;

/**
 * A record as it stands in a log. The arrays may be shared between readers: nobody changes them.
 *
 * @param offset its place in its partition
 * @param key as appended
 * @param header as appended
 * @param payload as appended
 */
public record LogRecord(long offset, byte[] key, byte[] header, byte[] payload) {}
