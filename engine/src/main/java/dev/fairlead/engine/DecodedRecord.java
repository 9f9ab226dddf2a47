package dev.fairlead.engine;

import dev.fairlead.spi.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record for a copy, with all that can be made of it without the copy: verified, cut down, decoded.
 *
 * <p>What could not be made fails only when it is asked for: nobody minds a value that a newer one has overtaken.
 *
 * @param written as it stands in the log
 * @param passed null when it did not pass, or was erased
 * @param readKey null when it has none that can be read
 * @param readValue null for a removal, and when it cannot be decoded
 * @param failure why something is missing; null when nothing is
 */
record DecodedRecord<K, V>(
        LogRecord written,
        @Nullable FeedRecord passed,
        @Nullable K readKey,
        @Nullable V readValue,
        @Nullable Throwable failure) {

    /** The verified record; fails when it is not as it was written. */
    FeedRecord record() {
        return orFailed(passed);
    }

    K key() {
        return orFailed(readKey);
    }

    /** The value of a record that is no removal. */
    V value() {
        return orFailed(readValue);
    }

    private <T> T orFailed(@Nullable T made) {
        if (made != null) {
            return made;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException exception ? exception : new IllegalStateException("there is none");
    }
}
