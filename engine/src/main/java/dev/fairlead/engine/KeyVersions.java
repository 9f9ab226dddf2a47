package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Digest;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.transaction.OutboxStamp;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogRecord;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The owner's record of its keys: the version of each, and the digest over all. Used under the owner's lock. */
final class KeyVersions {
    private static final System.Logger LOG = System.getLogger(KeyVersions.class.getName());

    /** A key's version and its share of the digest, 0 when the key is removed. */
    private record Known(long version, long hash) {}

    private final Map<String, Known> keys = new HashMap<>();
    private final ErasedKeys erased = new ErasedKeys();
    private final Map<String, OutboxStamp> stamps = new HashMap<>();
    private int lastKey = KeyHash.NONE;
    private long entries;
    private long hash;

    /** Reads everything that the log holds. */
    static KeyVersions of(Log log, ItemPlan plan) {
        KeyVersions versions = new KeyVersions();
        String item = plan.id();
        EnvelopeFormat format = EnvelopeFormat.of(plan);
        StoredLog.each(log, item, 0, log.bounds(item, 0).end(), written -> versions.read(format, written));
        return versions;
    }

    private void read(EnvelopeFormat format, LogRecord written) {
        if (written.isErased()) {
            return;
        }
        String key = new String(written.key(), UTF_8);
        Envelope envelope;
        try {
            envelope = format.read(written);
        } catch (FairleadException damaged) {
            if (EnvelopeFormat.isPacked(written.header())) {
                throw damaged; // an own record, of which the key may be wrong as well
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "the record " + written.offset() + " is no record of this owner's",
                    damaged);
            noteStrange(key, KeyHash.of(written.key()));
            return;
        }
        note(key, KeyHash.of(written.key()), envelope.version(), envelope.checksum(), envelope.removal());
        noteStamp(key, envelope.stamp());
        if (envelope.kind() == Envelope.Kind.ERASURE) {
            erased.erased(key, written.offset(), envelope.changed());
        }
    }

    /** The keys that were erased. */
    ErasedKeys erased() {
        return erased;
    }

    /** Where the key's newest change that came from an outbox stood there; null when there is none. */
    @Nullable
    OutboxStamp stamp(String key) {
        return stamps.get(key);
    }

    void noteStamp(String key, @Nullable OutboxStamp stamp) {
        if (stamp != null) {
            stamps.put(key, stamp);
        }
    }

    long next(String key) {
        Known known = keys.get(key);
        return known == null ? 1 : known.version() + 1;
    }

    /** The version of the key's value, 0 when it has none. */
    long ofValue(String key) {
        Known known = keys.get(key);
        return known == null || known.hash() == 0 ? 0 : known.version();
    }

    int lastKey() {
        return lastKey;
    }

    void note(String key, int keyHash, long version, int checksum, boolean removal) {
        long share = removal ? 0 : EntryHash.of(version, checksum);
        Known before = keys.put(key, new Known(version, share));
        long shareBefore = before == null ? 0 : before.hash();
        entries += (share == 0 ? 0 : 1) - (shareBefore == 0 ? 0 : 1);
        hash += share - shareBefore;
        lastKey = keyHash;
    }

    /** A record that nobody can read counts as a version, so that readers who miss it take the next one; the value stays as it was. */
    private void noteStrange(String key, int keyHash) {
        Known before = keys.get(key);
        keys.put(key, new Known(next(key), before == null ? 0 : before.hash()));
        lastKey = keyHash;
    }

    long entries() {
        return entries;
    }

    Digest digest(long sequence) {
        return new Digest(sequence, entries, hash);
    }
}
