package dev.fairlead.spi;

import java.util.Optional;

/**
 * The latest record per key of a log.
 *
 * <p>Only a log with retention {@link Retention.LatestPerKey} is looked up in; of any other a lookup is refused with CAPABILITY,
 * so that its writers do not pay for an index that nobody needs. Safe for many threads.
 */
public interface Table {
    /** The newest committed record of the key, a removal included. */
    Optional<LogRecord> latest(String log, byte[] key);
}
