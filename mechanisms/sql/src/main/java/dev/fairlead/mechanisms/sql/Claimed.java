package dev.fairlead.mechanisms.sql;

/** Who holds a log, and where it ends. */
record Claimed(long epoch, String owner, LogEnd end) {}
