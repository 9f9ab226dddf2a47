package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.input.LogLimits;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Hands a writer's records to the committer, packed by the thread that appends. */
final class EmbeddedLogWriter implements LogWriter {
    private final Opening opening;
    private final Claim claim;
    private volatile boolean closed;

    EmbeddedLogWriter(Opening opening, Claim claim) {
        this.opening = opening;
        this.claim = claim;
    }

    @Override
    public long epoch() {
        return claim.epoch();
    }

    @Override
    public CompletableFuture<Appended> append(int partition, List<LogEntry> entries) {
        try {
            Store store = open();
            LogLimits.checkPartition(claim.log().name(), partition);
            LogEntry[] checked = entries.toArray(LogEntry[]::new);
            LogLimits.checkEntries(claim.log().name(), Arrays.asList(checked), RecordEncoder.OVERHEAD);
            AppendRequest request = new AppendRequest(
                    claim,
                    checked,
                    new PromptFuture<>(store.patience(claim.log().durability())));
            store.queue().add(request);
            return request.result();
        } catch (FairleadException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Store open() {
        if (closed) {
            throw StorageFailures.closed();
        }
        return opening.store();
    }

    @Override
    public void resume() {
        ResumeRequest request = new ResumeRequest(claim);
        Outcome.of(open().queue(), request, request.result());
    }

    @Override
    public long erase(int partition, byte[] key, long below) {
        LogLimits.checkPartition(claim.log().name(), partition);
        return open().erase(claim, key, below);
    }

    @Override
    public void beat(Instant time) {
        open();
        claim.checkEpoch();
        claim.log().beat(new Beat(claim.epoch(), time, claim.log().end()));
    }

    @Override
    public void close() {
        closed = true;
    }
}
