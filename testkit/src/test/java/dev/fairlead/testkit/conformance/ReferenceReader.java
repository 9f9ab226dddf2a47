package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.conformance.ReferenceStore.LogData;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A reader of the reference mechanism: it looks, and waits on the store's monitor. */
final class ReferenceReader implements LogReader {
    private final ReferenceMechanism mechanism;
    private final LogData data;
    private long next;
    private boolean closed;
    private @Nullable Beat lastBeat;

    ReferenceReader(ReferenceMechanism mechanism, LogData data, long next) {
        this.mechanism = mechanism;
        this.data = data;
        this.next = next;
    }

    @Override
    public LogBatch poll(int maxRecords, Duration wait) {
        long deadline = System.nanoTime() + mechanism.waitOf(wait.toNanos());
        synchronized (mechanism.store) {
            while (true) {
                mechanism.requireOpen();
                requireOpen();
                LogBatch batch = look(maxRecords);
                long left = deadline - System.nanoTime();
                if (!batch.records().isEmpty() || batch.beat() != null || left <= 0) {
                    return batch;
                }
                await(left);
            }
        }
    }

    private LogBatch look(int maxRecords) {
        List<LogRecord> records = mechanism.recordsFrom(data, next, maxRecords);
        if (!records.isEmpty()) {
            next = records.getLast().offset() + 1;
        }
        Beat beat = mechanism.beats.get(data.definition.name());
        Beat fresh = beat == lastBeat ? null : beat;
        lastBeat = beat;
        LogBatch.Hole hole = mechanism.holeOf(data, next);
        next = hole == null ? next : hole.to();
        Beat told = fresh == null ? null : mechanism.beatOf(data, fresh);
        return new LogBatch(records, mechanism.boundsOf(data), told, hole);
    }

    private void await(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(mechanism.store, Math.max(nanos, 1_000_000));
        } catch (InterruptedException interrupt) {
            mechanism.keepInterrupt();
            throw new FairleadException(ErrorCode.CLOSED, "interrupted while waiting for records", interrupt);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "the reader of " + data.definition.name() + " is closed");
        }
    }

    @Override
    public long next() {
        synchronized (mechanism.store) {
            return next;
        }
    }

    @Override
    public void seek(long offset) {
        synchronized (mechanism.store) {
            if (offset < data.end) {
                mechanism.require(Capability.REPLAY, data.definition.name());
            }
            next = offset;
        }
    }

    @Override
    public void close() {
        synchronized (mechanism.store) {
            closed = true;
            mechanism.wakeReaders();
        }
    }
}
