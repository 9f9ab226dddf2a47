package dev.fairlead.engine;

/**
 * A record on its way to one reader, checked, and cut down to what that reader may see.
 *
 * @param offset its place in the log
 * @param key as written
 * @param envelope what came with it
 * @param payload only the reader's fields; empty for a removal
 */
record FeedRecord(long offset, byte[] key, Envelope envelope, byte[] payload) {}
