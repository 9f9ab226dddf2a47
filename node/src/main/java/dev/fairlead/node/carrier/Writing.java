package dev.fairlead.node.carrier;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.wire.LogMessages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One claim of a log. What is sent twice is written once: nobody else writes, so the end of the log tells what of it stands. Safe for many
 * threads; appends wait for each other.
 */
final class Writing implements AutoCloseable {
    private final Log logs;
    private final String log;
    private final LogWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    private long turn;

    Writing(Log logs, String log, LogWriter writer) {
        this.logs = logs;
        this.log = log;
        this.writer = writer;
    }

    long epoch() {
        return writer.epoch();
    }

    /** Appends what does not stand yet, and returns when it does, or its rest failed; fails when nothing of it stands. */
    LogMessages.Stands append(LogMessages.Append append) {
        lock.lock();
        try {
            take(append.turn());
            List<CompletableFuture<Appended>> written = new ArrayList<>();
            int stood = 0;
            long end = end();
            long at = append.first();
            if (at != end) {
                writer.resume(); // fails when another one writes: what stands then may be its records
            }
            for (List<LogEntry> entries : append.appends()) {
                long behind = at + entries.size();
                if (at == end) {
                    written.add(writer.append(0, entries));
                    end = behind;
                } else if (at > end || behind > end) {
                    throw new FairleadException(
                            ErrorCode.STORAGE_DAMAGED,
                            "log " + log + " ends at " + end + ", where its writer has been acknowledged up to " + at
                                    + " (was it restored from a copy?)");
                } else {
                    stood++;
                }
                at = behind;
            }
            return awaited(stood, written);
        } finally {
            lock.unlock();
        }
    }

    /** A failure in the middle is not told: its sender sends the rest again, and gets it then. */
    private static LogMessages.Stands awaited(int stood, List<CompletableFuture<Appended>> written) {
        CompletableFuture.allOf(written.toArray(CompletableFuture[]::new))
                .exceptionally(failure -> null) // the first failure counts, and what failed after it is not under way
                .join();
        int stands = stood;
        Optional<Durability> reached = Optional.empty();
        try {
            for (CompletableFuture<Appended> each : written) {
                reached = Optional.of(each.join().durability());
                stands++;
            }
        } catch (CompletionException e) {
            if (stands == 0) {
                throw e.getCause() instanceof FairleadException known ? known : e;
            }
        }
        return new LogMessages.Stands(stands, reached);
    }

    /** Lets the writer go on; nothing of an earlier turn is written any more. Returns the end of the log. */
    long resume(long next) {
        lock.lock();
        try {
            take(next);
            writer.resume();
            return end();
        } finally {
            lock.unlock();
        }
    }

    private void take(long sent) {
        if (sent < turn) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, "log " + log + ": the writer was resumed after this was sent");
        }
        turn = sent;
    }

    private long end() {
        return logs.bounds(log, 0).end();
    }

    void beat(Instant time) {
        writer.beat(time);
    }

    long erase(byte[] key, long below) {
        return writer.erase(0, key, below);
    }

    @Override
    public void close() {
        writer.close();
    }
}
