package dev.fairlead.mechanisms.sql;

/**
 * Where the next record of a log goes.
 *
 * @param next the offset that it will get
 * @param bytes of all records so far
 * @param written the moment of the last one, which that of the next is not before
 */
record LogEnd(long next, long bytes, long written) {}
