package dev.fairlead.mechanisms.sql;

/** A queue as it is defined. */
record QueueRow(long id, String name) {}
