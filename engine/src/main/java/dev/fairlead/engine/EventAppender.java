package dev.fairlead.engine;

import dev.fairlead.api.Erasure;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Expected;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Receipt;
import dev.fairlead.engine.transaction.OutboxRelay;
import dev.fairlead.engine.transaction.OutboxRow;
import dev.fairlead.engine.transaction.OutboxStamp;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.TimeSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
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
    private static final System.Logger LOG = System.getLogger(EventAppender.class.getName());

    private static final byte[] NOTHING = {};

    private final String item;
    private final CloudEventForm form;
    private final EventFormat format;
    private final Log log;
    private final Erasures erasures;
    private final String service;
    private final TimeSource time;
    private final Steps steps;
    private final Telemetry.Work work;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable LogWriter writer;
    private @Nullable EventVersions versions;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private volatile boolean failed;
    private boolean closed;

    EventAppender(CloudEventForm form, Log log, Erasures erasures, String service, TimeSource time, Steps steps) {
        this.item = form.item();
        this.form = form;
        this.format = new EventFormat(item);
        this.log = log;
        this.erasures = erasures;
        this.service = service;
        this.time = time;
        this.steps = steps;
        this.work = steps.work(Telemetry.Kind.APPEND, item);
    }

    /** @param expected the version that the key must have, or null when any will do */
    CompletableFuture<Receipt> append(byte[] key, String type, byte[] payload, @Nullable Expected expected) {
        Steps.Outward outward = steps.begin(work);
        try {
            return append(new Outgoing(key, type, payload, outward.origin(), null, outward.step()), expected);
        } catch (RuntimeException | Error refusal) {
            outward.step().end(refusal);
            throw refusal;
        }
    }

    private CompletableFuture<Receipt> append(Outgoing event, @Nullable Expected expected) {
        lock.lock();
        try {
            refuseWhenClosed();
            LogWriter claimed = claimed();
            EventVersions known = versions(claimed);
            long version = known.version(event.text());
            if (expected != null && expected.version() != version) {
                throw conflict(event.text(), expected, version);
            }
            return write(claimed, known, event);
        } finally {
            lock.unlock();
        }
    }

    /** Erases the key. Appends go on meanwhile; erasures come one after the other. */
    Erasure erase(byte[] key) {
        return erasures.erase(new String(key, StandardCharsets.UTF_8), () -> begin(key));
    }

    /** To be called before the outbox of this item is used; from now on every erasure has to come through it. */
    void opensOutbox() {
        erasures.outboxOpened();
    }

    /** Erases the key through the outbox that is open here, whichever instance relays it. */
    Erasure erase(byte[] key, OutboxRelay outbox) {
        erasures.refuseWhereUnsupported();
        outbox.erase(key, OriginFormat.pack(Origins.ofWork()));
        return erasures.report(new String(key, StandardCharsets.UTF_8), inLog());
    }

    /** Takes out of the log what the erasures from the outbox erase. */
    void finishErasures() {
        erasures.finishOfOutbox(this::begun);
    }

    private Erasures.Begun begun() {
        lock.lock();
        try {
            refuseWhenClosed();
            LogWriter claimed = claimed();
            return new Erasures.Begun(claimed, versions(claimed).erased().all());
        } finally {
            lock.unlock();
        }
    }

    private SortedMap<Long, ErasedKeys.Erased> inLog() {
        return EventVersions.of(log, item).erased().all();
    }

    /** Writes the record of an erasure. */
    private Erasures.Begun begin(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        lock.lock();
        try {
            refuseWhenClosed();
            LogWriter claimed = claimed();
            EventVersions known = versions(claimed);
            Outgoing erasure = new Outgoing(
                    key, EventEnvelope.ERASURE, NOTHING, Origins.ofWork(), known.stamp(text), Telemetry.Step.NONE);
            noted(known, text, write(claimed, known, erasure));
            return new Erasures.Begun(claimed, known.erased().all());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the erasure's record is in the log. */
    private void noted(EventVersions known, String key, CompletableFuture<Receipt> written) {
        try {
            long offset = written.join().position().offset();
            known.erased().erased(key, offset, known.notBefore(time.now()));
        } catch (CompletionException e) {
            throw e.getCause() instanceof FairleadException cause
                    ? new FairleadException(cause.code(), String.valueOf(cause.getMessage()), cause)
                    : e;
        }
    }

    /** All erasures, as they stand now. */
    List<Erasure> erasures() {
        return erasures.reports(
                erasures.haveOutbox() // to claim the log would stop the relay that works
                        ? inLog()
                        : begun().all());
    }

    /** Claims the log anew, also when this appender was fenced off, and reads the versions back from it. */
    void takeOver() {
        lock.lock();
        try {
            refuseWhenClosed();
            if (writer != null) {
                writer.close();
            }
            writer = log.claim(item, service);
            versions = null;
            failed = false;
            versions(claimed());
        } finally {
            lock.unlock();
        }
    }

    /** The stamp of the key's newest event that came from an outbox; null when there is none. */
    @Nullable
    OutboxStamp newest(byte[] key) {
        lock.lock();
        try {
            refuseWhenClosed();
            return versions(claimed()).stamp(new String(key, StandardCharsets.UTF_8));
        } finally {
            lock.unlock();
        }
    }

    /** Appends an event from the outbox. */
    CompletableFuture<Receipt> publish(OutboxRow row) {
        lock.lock();
        try {
            refuseWhenClosed();
            LogWriter claimed = claimed();
            EventVersions known = versions(claimed);
            Origin origin = OriginFormat.unpack(ByteBuffer.wrap(row.origin()));
            Outgoing event = new Outgoing(
                    row.key(),
                    row.type(),
                    row.payload(),
                    origin == null ? Origins.ofWork() : origin,
                    row.stamp(),
                    Telemetry.Step.NONE);
            CompletableFuture<Receipt> written = write(claimed, known, event);
            if (row.erases()) {
                noted(known, event.text(), written);
            }
            return written;
        } finally {
            lock.unlock();
        }
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "the service " + service + " is closed");
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
            EventVersions read = EventVersions.of(log, item);
            versions = read;
            finishBegunErasures(claimed, read);
            return read;
        }
        return versions;
    }

    /** Events can be appended while an erasure cannot be finished; the report goes on saying that it is not. */
    private void finishBegunErasures(LogWriter claimed, EventVersions read) {
        try {
            erasures.finish(claimed, read.erased().all());
        } catch (FairleadException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "an erasure in " + item + " cannot be finished; the next one tries again",
                    e);
        }
    }

    /** An event on its way to the log. */
    private record Outgoing(
            byte[] key,
            String type,
            byte[] payload,
            Origin origin,
            @Nullable OutboxStamp stamp,
            Telemetry.Step step) {
        String text() {
            return new String(key, StandardCharsets.UTF_8);
        }
    }

    private CompletableFuture<Receipt> write(LogWriter claimed, EventVersions known, Outgoing event) {
        String text = event.text();
        long version = known.version(text) + 1;
        Instant now = known.notBefore(time.now());
        EventEnvelope envelope =
                new EventEnvelope(event.type(), version, claimed.epoch(), now, event.origin(), event.stamp());
        byte[] header = format.pack(envelope, event.key(), event.payload());
        CompletableFuture<Appended> appended = claimed.append(
                0, List.of(new LogEntry(event.key(), header, event.payload(), form.of(envelope, event.key()))));
        last = appended;
        known.note(text, version, now, event.stamp());
        return appended.handle((done, failure) -> {
            event.step().end(failure);
            if (failure != null) {
                failed = true;
                throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
            }
            return new Receipt(item, text, version, done.first(), done.durability());
        });
    }

    void report(WorkReport report) {
        lock.lock();
        try {
            if (!last.isDone()) {
                report.busy("the owner of " + item + " is appending");
            }
        } finally {
            lock.unlock();
        }
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
