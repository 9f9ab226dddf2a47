package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Writes notes into the slots of a parking log. {@link Parking} begins to write under its lock, so that the notes of a slot are in
 * order, and waits for the disk outside it, so that the notes of several keys go there together.
 */
final class SlotWriter implements AutoCloseable {
    private final LogWriter writer;
    private volatile @Nullable ErrorCode hindrance;
    private volatile boolean failed;

    SlotWriter(LogWriter writer) {
        this.writer = writer;
    }

    /** Notes that are written all or none. */
    static final class Notes {
        private final List<LogEntry> entries = new ArrayList<>();

        Notes with(int slot, ParkingNote note, byte[] payload) {
            entries.add(new LogEntry(ParkingSlots.key(slot), ParkingFormat.pack(note, payload), payload));
            return this;
        }
    }

    /** Begins to write them, after everything that was begun before. */
    CompletableFuture<Appended> begin(Notes notes) {
        resumeAfterFailure();
        return writer.append(0, notes.entries);
    }

    /** Waits until they are durable; gives the place of the first one. */
    long await(CompletableFuture<Appended> begun) {
        try {
            long place = begun.join().first().offset();
            hindrance = null;
            return place;
        } catch (CompletionException e) {
            failed = true;
            if (e.getCause() instanceof FairleadException known) {
                hindrance = known.code();
                throw known;
            }
            hindrance = ErrorCode.INTERNAL;
            throw e;
        }
    }

    /** Why the last notes were not written, if they were not. */
    Optional<ErrorCode> hindrance() {
        return Optional.ofNullable(hindrance);
    }

    void resumeAfterFailure() {
        if (failed) {
            resume();
        }
    }

    /** Fails with FENCED when another has claimed the log. */
    void resume() {
        writer.resume();
        failed = false;
    }

    void beat(Instant now) {
        writer.beat(now);
    }

    void erase(int slot, long below) {
        writer.erase(0, ParkingSlots.key(slot), below);
    }

    @Override
    public void close() {
        writer.close();
    }
}
