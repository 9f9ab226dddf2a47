package dev.fairlead.spi;

import java.util.Optional;

/** The latest record per key of a log. Safe for many threads. */
public interface Table {
    /** The newest committed record of the key, a removal included. */
    Optional<LogRecord> latest(String log, byte[] key);
}
