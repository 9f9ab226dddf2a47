package dev.fairlead.engine;

import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.transaction.OutboxStamp;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The owner's record of an event log: the newest version of each key, and the newest time. Used under the appender's lock. */
final class EventVersions {
    private static final System.Logger LOG = System.getLogger(EventVersions.class.getName());

    private final Map<String, Long> newest = new HashMap<>();
    private final ErasedKeys erased = new ErasedKeys();
    private final Map<String, OutboxStamp> stamps = new HashMap<>();
    private Instant time = Instant.EPOCH;

    /** Reads everything that the log holds. */
    static EventVersions of(Log log, String item) {
        EventVersions versions = new EventVersions();
        EventFormat format = new EventFormat(item);
        StoredLog.each(log, item, 0, log.bounds(item, 0).end(), written -> versions.read(format, written));
        return versions;
    }

    /** A damaged record counts as one version of its key, so that it stops neither its key nor any other. */
    private void read(EventFormat format, LogRecord written) {
        if (written.isErased()) {
            return;
        }
        String key = text(written.key());
        try {
            EventEnvelope envelope = format.read(written);
            note(key, envelope.version(), envelope.time(), envelope.stamp());
            if (envelope.erases()) {
                erased.erased(key, written.offset(), envelope.time());
            }
        } catch (FairleadException damaged) {
            LOG.log(System.Logger.Level.WARNING, () -> "the record " + written.offset() + " is damaged", damaged);
            note(key, version(key) + 1, time, null);
            stamps.remove(key);
        }
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** The keys that were erased. */
    ErasedKeys erased() {
        return erased;
    }

    /** 0 when the log holds nothing of the key. */
    long version(String key) {
        return newest.getOrDefault(key, 0L);
    }

    /** The time for the next event: the clock's, or that of the newest event when the clock was set back. */
    Instant notBefore(Instant now) {
        return now.isBefore(time) ? time : now;
    }

    /** Where the key's newest event that came from an outbox stood there; null when there is none, or it is unreadable. */
    @Nullable
    OutboxStamp stamp(String key) {
        return stamps.get(key);
    }

    void note(String key, long version, Instant moment, @Nullable OutboxStamp stamp) {
        newest.put(key, version);
        if (stamp != null) {
            stamps.put(key, stamp);
        }
        time = moment.isBefore(time) ? time : moment;
    }
}
