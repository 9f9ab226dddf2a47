package dev.fairlead.engine;

import dev.fairlead.api.Digest;
import dev.fairlead.api.Erasure;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Expected;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Position;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateOutbox;
import dev.fairlead.engine.transaction.OutboxRelay;
import dev.fairlead.engine.transaction.OutboxRow;
import dev.fairlead.engine.transaction.OutboxStamp;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.ValueCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes one state item: numbers each key's versions, packs the envelope, and hands the records to the item's log in order.
 *
 * <p>Versions are given out under the lock, before the log has the record. When an append fails, the writer below refuses all
 * that follow, so the numbers can be read back from the log before the next write: see {@link #repair}.
 */
final class StateOwner<K, V> implements Owner<K, V>, WorkReport.Source, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StateOwner.class.getName());
    private static final byte[] NO_PAYLOAD = {};

    private final ItemPlan plan;
    private final KeyText<K> keyText;
    private final RecordAccess<V> access;
    private final RecordAccess.ComponentReader<V, K> keyOf;
    private final ValueCodec<V> codec;
    private final EnvelopeFormat format;
    private final CloudEventForm form;
    private final Log log;
    private final Supplier<LogWriter> claims;
    private volatile LogWriter writer;
    private final Erasures erasures;
    private final StateOutboxes<K, V> outboxes;
    private final String service;
    private final TimeSource time;
    private final Steps steps;
    private final Telemetry.Work work;

    private final ReentrantLock lock = new ReentrantLock();
    private KeyVersions versions;
    private CompletableFuture<Appended> last = CompletableFuture.completedFuture(null);
    private volatile boolean failed;
    private volatile boolean closed;

    /** @param claims each claims the log anew */
    StateOwner(
            ItemPlan plan,
            Class<K> keyType,
            Class<V> valueType,
            CodecProvider codecs,
            Log log,
            Supplier<LogWriter> claims,
            Erasures erasures,
            String service,
            TimeSource time,
            Steps steps) {
        this.plan = plan;
        this.keyText = KeyText.of(plan.id(), keyType);
        this.access = new RecordAccess<>(plan.id(), valueType, plan.optional());
        this.keyOf = access.component(plan.keyField(), keyType);
        this.codec = codecs.codec(valueType);
        this.format = EnvelopeFormat.of(plan);
        this.form = new CloudEventForm(plan.id(), plan.envelope(), codecs.mediaType());
        this.log = log;
        this.claims = claims;
        this.service = service;
        this.outboxes = new StateOutboxes<>(plan.id(), service, time, steps);
        this.time = time;
        this.steps = steps;
        this.work = steps.work(Telemetry.Kind.PUT, plan.id());
        this.writer = claims.get();
        this.versions = KeyVersions.of(log, plan);
        this.erasures = erasures;
        finishBegunErasures();
    }

    /** The item can be used while an erasure cannot be finished; the report goes on saying that it is not. */
    private void finishBegunErasures() {
        try {
            erasures.finish(writer, versions.erased().all());
        } catch (FairleadException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "an erasure in " + plan.id() + " cannot be finished; the next one tries again",
                    e);
        }
    }

    /** A record on its way into the log. */
    private record Draft<K>(
            K key,
            byte[] keyBytes,
            byte[] payload,
            Envelope.Kind kind,
            @Nullable OutboxStamp stamp) {}

    @Override
    public Receipt put(V value) {
        return await(admit(List.of(draft(value, Envelope.Kind.VALUE)), List::getFirst));
    }

    @Override
    public Receipt put(V value, Expected version) {
        return await(admit(List.of(draft(value, Envelope.Kind.VALUE)), version, List::getFirst));
    }

    @Override
    public List<Receipt> putAll(List<V> values) {
        if (values.isEmpty()) {
            return List.of();
        }
        return await(admit(
                values.stream().map(value -> draft(value, Envelope.Kind.VALUE)).toList(), receipts -> receipts));
    }

    @Override
    public Receipt remove(K key) {
        return await(admit(List.of(without(key, Envelope.Kind.REMOVAL)), List::getFirst));
    }

    @Override
    public Receipt remove(K key, Expected version) {
        return await(admit(List.of(without(key, Envelope.Kind.REMOVAL)), version, List::getFirst));
    }

    @Override
    public Receipt retire(V value) {
        return await(admit(List.of(draft(value, Envelope.Kind.RETIRED)), List::getFirst));
    }

    @Override
    public Erasure erase(K key) {
        erasures.refuseWhereUnsupported();
        Optional<OutboxRelay> outbox = outboxes.open();
        if (outbox.isPresent()) {
            outbox.get().erase(keyText.bytes(key), OriginFormat.pack(Origins.ofWork()));
            return erasures.report(
                    keyText.text(key), KeyVersions.of(log, plan).erased().all());
        }
        return erasures.erase(keyText.text(key), () -> {
            Receipt receipt = await(admit(List.of(without(key, Envelope.Kind.ERASURE)), List::getFirst));
            return new Erasures.Begun(
                    writer, noteErasure(receipt.key(), receipt.position().offset()));
        });
    }

    private SortedMap<Long, ErasedKeys.Erased> noteErasure(String key, long offset) {
        lock.lock();
        try {
            versions.erased().erased(key, offset, time.now());
            return versions.erased().all();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Erasure> erasures() {
        if (erasures.haveOutbox()) { // another instance may write
            return erasures.reports(KeyVersions.of(log, plan).erased().all());
        }
        SortedMap<Long, ErasedKeys.Erased> known;
        lock.lock();
        try {
            known = versions.erased().all();
        } finally {
            lock.unlock();
        }
        return erasures.reports(known);
    }

    private Draft<K> without(K key, Envelope.Kind kind) {
        return new Draft<>(key, keyText.bytes(key), NO_PAYLOAD, kind, null);
    }

    @Override
    public CompletableFuture<Receipt> putAsync(V value) {
        return admit(List.of(draft(value, Envelope.Kind.VALUE)), List::getFirst);
    }

    private Draft<K> draft(V value, Envelope.Kind kind) {
        access.complete(value);
        K key = keyOf.read(value);
        return new Draft<>(key, keyText.bytes(key), checkedSize(codec.encode(value)), kind, null);
    }

    private byte[] checkedSize(byte[] payload) {
        if (payload.length > LogEntry.MAX_PAYLOAD) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "a value of " + plan.id() + " takes " + payload.length + " bytes (allowed are "
                            + LogEntry.MAX_PAYLOAD + ")");
        }
        return payload;
    }

    private <T> CompletableFuture<T> admit(List<Draft<K>> drafts, Function<List<Receipt>, T> wanted) {
        return admit(drafts, null, wanted);
    }

    /** @param expected the version that the value of each key must have, or null when any will do */
    private <T> CompletableFuture<T> admit(
            List<Draft<K>> drafts, @Nullable Expected expected, Function<List<Receipt>, T> wanted) {
        Steps.OutwardChange change = steps.beginChange(work);
        try {
            return written(drafts, expected, wanted, change);
        } catch (RuntimeException | Error refusal) {
            change.step().end(refusal);
            throw refusal;
        }
    }

    private <T> CompletableFuture<T> written(
            List<Draft<K>> drafts,
            @Nullable Expected expected,
            Function<List<Receipt>, T> wanted,
            Steps.OutwardChange change) {
        lock.lock();
        try {
            refuseWhenClosed();
            if (failed) {
                repair();
            }
            if (expected != null) {
                drafts.forEach(draft -> refuseUnless(expected, draft.key()));
            }
            return append(drafts, wanted, change);
        } finally {
            lock.unlock();
        }
    }

    private void refuseUnless(Expected expected, K key) {
        long found = versions.ofValue(keyText.text(key));
        if (found != expected.version()) {
            throw new FairleadException(
                    ErrorCode.VERSION_CONFLICT,
                    "the value of the key " + keyText.text(key) + " of " + plan.id() + " has version " + found
                            + ", but the write expected " + expected.version() + " (read it and decide again)");
        }
    }

    private <T> CompletableFuture<T> append(
            List<Draft<K>> drafts, Function<List<Receipt>, T> wanted, Steps.OutwardChange change) {
        Instant now = time.now();
        Origin origin = change.origin();
        List<LogEntry> entries = new ArrayList<>(drafts.size());
        String[] keys = new String[drafts.size()];
        long[] given = new long[drafts.size()];
        for (Draft<K> draft : drafts) {
            String key = keyText.text(draft.key());
            long version = versions.next(key);
            versions.noteStamp(key, draft.stamp());
            Envelope envelope = new Envelope(
                    draft.kind(), version, writer.epoch(), now, versions.lastKey(), origin, versions.stamp(key), 0);
            byte[] header = format.pack(envelope, draft.keyBytes(), draft.payload());
            entries.add(new LogEntry(draft.keyBytes(), header, draft.payload(), form.of(envelope, draft.keyBytes())));
            versions.note(
                    key,
                    KeyHash.of(draft.keyBytes()),
                    version,
                    EnvelopeFormat.checksumOf(header),
                    draft.kind().removes());
            keys[entries.size() - 1] = key;
            given[entries.size() - 1] = version;
        }
        last = writer.append(0, entries);
        return last.handle((appended, failure) -> {
            change.step().end(failure);
            if (failure != null) {
                failed = true;
                throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
            }
            return wanted.apply(receipts(keys, given, appended));
        });
    }

    private List<Receipt> receipts(String[] keys, long[] given, Appended appended) {
        Receipt[] receipts = new Receipt[keys.length];
        for (int i = 0; i < keys.length; i++) {
            Position first = appended.first();
            Position position = new Position(first.partition(), first.offset() + i);
            receipts[i] = new Receipt(plan.id(), keys[i], given[i], position, appended.durability());
        }
        return List.of(receipts);
    }

    /** Takes the versions back to what the log holds, and lets the writer go on. */
    private void repair() {
        writer.resume();
        versions = KeyVersions.of(log, plan);
        failed = false;
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FairleadException known
                    ? new FairleadException(known.code(), String.valueOf(known.getMessage()), known)
                    : e;
        }
    }

    @Override
    public StateOutbox<K, V> outbox(DataSource database, OutboxSettings settings) {
        erasures.outboxOpened();
        return outboxes.open(this, database, settings);
    }

    /** What a row of an outbox holds, which is encoded and checked as any other. */
    byte[] encoded(V value) {
        return draft(value, Envelope.Kind.VALUE).payload();
    }

    byte[] keyOf(V value) {
        return keyText.bytes(keyOf.read(access.complete(value)));
    }

    byte[] keyBytes(K key) {
        return keyText.bytes(key);
    }

    @Override
    public void takeOver() {
        lock.lock();
        try {
            refuseWhenClosed();
            LogWriter claimed = claims.get();
            writer.close();
            writer = claimed;
            failed = true; // until the versions are those of the log
            versions = KeyVersions.of(log, plan);
            failed = false;
        } finally {
            lock.unlock();
        }
    }

    /** The stamp of the key's newest change that came from an outbox; null when there is none. */
    @Nullable
    OutboxStamp newest(byte[] key) {
        lock.lock();
        try {
            refuseWhenClosed();
            if (failed) {
                repair();
            }
            return versions.stamp(new String(key, StandardCharsets.UTF_8));
        } finally {
            lock.unlock();
        }
    }

    /** Writes a change from the outbox; an erasure is in the log when it returns. */
    CompletableFuture<Receipt> publish(OutboxRow row, Envelope.Kind kind) {
        Draft<K> draft = new Draft<>(keyText.key(row.key()), row.key(), row.payload(), kind, row.stamp());
        Origin origin = OriginFormat.unpack(ByteBuffer.wrap(row.origin()));
        Steps.OutwardChange change = new Steps.OutwardChange(origin, Telemetry.Step.NONE);
        CompletableFuture<Receipt> written = written(List.of(draft), null, List::getFirst, change);
        if (kind == Envelope.Kind.ERASURE) {
            Receipt receipt = await(written);
            noteErasure(receipt.key(), receipt.position().offset());
        }
        return written;
    }

    /** Takes out of the log what the erasures from the outbox erase. */
    void finishErasures() {
        erasures.finishOfOutbox(() -> {
            lock.lock();
            try {
                refuseWhenClosed();
                return new Erasures.Begun(writer, versions.erased().all());
            } finally {
                lock.unlock();
            }
        });
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "the owner of " + plan.id() + " is closed");
        }
    }

    /** A sign of life to the readers, unless the owner is closed. */
    void beat() {
        if (!closed) {
            writer.beat(time.now());
        }
    }

    ItemPlan plan() {
        return plan;
    }

    @Override
    public void report(WorkReport report) {
        outboxes.report(report);
        lock.lock();
        try {
            if (!last.isDone()) {
                report.busy("the owner of " + plan.id() + " is writing");
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Digest digest() {
        lock.lock();
        try {
            @Nullable
            Throwable failure = last.handle((appended, thrown) -> thrown).join();
            if (failure != null || failed) {
                repair();
            }
            return versions.digest(log.bounds(plan.id(), 0).end() - 1);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long size() {
        lock.lock();
        try {
            return versions.entries();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long epoch() {
        return writer.epoch();
    }

    @Override
    public void close() {
        outboxes.close();
        closed = true;
        writer.close();
    }
}
