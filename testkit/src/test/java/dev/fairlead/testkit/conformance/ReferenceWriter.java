package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.testkit.conformance.ReferenceStore.LogData;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A writer of the reference mechanism; it writes at once, so nothing is ever under way. */
final class ReferenceWriter implements LogWriter {
    private final ReferenceMechanism mechanism;
    private final LogData data;
    private final long epoch;
    private boolean closed;

    ReferenceWriter(ReferenceMechanism mechanism, LogData data, long epoch) {
        this.mechanism = mechanism;
        this.data = data;
        this.epoch = epoch;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public CompletableFuture<Appended> append(int partition, List<LogEntry> entries) {
        synchronized (mechanism.store) {
            try {
                return CompletableFuture.completedFuture(write(entries));
            } catch (FairleadException failure) {
                return CompletableFuture.failedFuture(failure);
            }
        }
    }

    private Appended write(List<LogEntry> entries) {
        requireRight();
        entries.forEach(mechanism::checkEntry);
        Position first = new Position(0, data.end);
        mechanism.store(data, entries);
        mechanism.wakeReaders();
        return mechanism.acknowledgement(first, data.definition.durability());
    }

    @Override
    public void resume() {
        synchronized (mechanism.store) {
            requireRight();
        }
    }

    @Override
    public long erase(int partition, byte[] key, long below) {
        synchronized (mechanism.store) {
            mechanism.require(Capability.ERASE, data.definition.name());
            requireRight();
            mechanism.checkErasure(data, key, below);
            return mechanism.erase(data, key, below);
        }
    }

    @Override
    public void beat(Instant time) {
        synchronized (mechanism.store) {
            requireRight();
            mechanism.require(Capability.HEARTBEAT, data.definition.name());
            mechanism.beats.put(data.definition.name(), new Beat(epoch, time, data.end));
            mechanism.wakeReaders();
        }
    }

    private void requireRight() {
        mechanism.requireOpen();
        if (mechanism.isFenced(data, epoch)) {
            throw new FairleadException(ErrorCode.FENCED, data.definition.name() + " was claimed by " + data.epoch);
        }
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "the writer of " + data.definition.name() + " is closed");
        }
    }

    @Override
    public void close() {
        synchronized (mechanism.store) {
            closed = true;
            mechanism.openWriters.remove(data.definition.name(), this);
        }
    }
}
