package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Expected;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Receipt;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of an event item in an open service, shared by all its handles.
 *
 * <p>Versions are compared and given out under the lock, before the log has the record, so that of two writers with the same
 * expectation one wins. When an append fails, the writer below refuses all that follow, and the versions are read back from the
 * log before the next one.
 */
final class EventAppender implements AutoCloseable {
    private final String item;
    private final EventFormat format;
    private final Log log;
    private final String service;
    private final TimeSource time;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable LogWriter writer;
    private @Nullable EventVersions versions;
    private volatile boolean failed;
    private boolean closed;

    EventAppender(String item, Log log, String service, TimeSource time) {
        this.item = item;
        this.format = new EventFormat(item);
        this.log = log;
        this.service = service;
        this.time = time;
    }

    /** @param expected the version that the key must have, or null when any will do */
    CompletableFuture<Receipt> append(byte[] key, String type, byte[] payload, @Nullable Expected expected) {
        lock.lock();
        try {
            if (closed) {
                throw new FairleadException(ErrorCode.CLOSED, "the service " + service + " is closed");
            }
            LogWriter claimed = claimed();
            EventVersions known = versions(claimed);
            String text = new String(key, StandardCharsets.UTF_8);
            long version = known.version(text);
            if (expected != null && expected.version() != version) {
                throw conflict(text, expected, version);
            }
            return write(claimed, known, key, type, payload, text, version + 1);
        } finally {
            lock.unlock();
        }
    }

    private LogWriter claimed() {
        if (writer == null) {
            writer = log.claim(item, service);
        }
        return writer;
    }

    private EventVersions versions(LogWriter claimed) {
        if (failed) {
            claimed.resume();
            versions = null;
            failed = false;
        }
        if (versions == null) {
            versions = EventVersions.of(log, item);
        }
        return versions;
    }

    private CompletableFuture<Receipt> write(
            LogWriter claimed,
            EventVersions known,
            byte[] key,
            String type,
            byte[] payload,
            String text,
            long version) {
        Instant now = known.notBefore(time.now());
        byte[] header =
                format.pack(new EventEnvelope(type, version, claimed.epoch(), now, Origins.ofWork()), key, payload);
        CompletableFuture<Appended> appended = claimed.append(0, List.of(new LogEntry(key, header, payload)));
        known.note(text, version, now);
        return appended.handle((done, failure) -> {
            if (failure != null) {
                failed = true;
                throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
            }
            return new Receipt(item, text, version, done.first(), done.durability());
        });
    }

    private FairleadException conflict(String key, Expected expected, long found) {
        return new FairleadException(
                ErrorCode.VERSION_CONFLICT,
                "the key " + key + " of " + item + " has version " + found + ", but the write expected "
                        + expected.version() + " (read its history and decide again)");
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (writer != null) {
                writer.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
