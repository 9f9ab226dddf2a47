package dev.fairlead.node.carrier;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.Table;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One opening of the store, as one other process has it: with its writers, readers and receivers. Safe for many threads. */
public final class Opening implements AutoCloseable {
    private static final int MOST = 4_000;

    private final Mechanism mechanism;
    private final LongSupplier nanos;
    private final Map<String, Writing> writings = new HashMap<>();
    private final Map<String, Reading> readings = new HashMap<>();
    private @Nullable OpenQueues queues;
    private long heard;
    private long used;
    private int busy;

    Opening(Mechanism mechanism, LongSupplier nanos) {
        this.mechanism = mechanism;
        this.nanos = nanos;
    }

    synchronized void begin() {
        busy++;
        hear();
    }

    /** Its holder lives. */
    synchronized void hear() {
        heard = nanos.getAsLong();
    }

    synchronized void finish() {
        busy--;
        used = nanos.getAsLong();
    }

    synchronized boolean isIdle(Duration most) {
        return busy == 0 && nanos.getAsLong() - used > most.toNanos() && (queues == null || queues.isIdle());
    }

    /** Whether its holder receives messages and has begun no call for so long; a call that waits says nothing of who began it. */
    synchronized boolean isSilent(Duration most) {
        return queues != null && queues.hasReceivers() && nanos.getAsLong() - heard > most.toNanos();
    }

    /** What it can do. */
    public Mechanism mechanism() {
        return mechanism;
    }

    Log log() {
        if (mechanism instanceof Log log) {
            return log;
        }
        throw new FairleadException(ErrorCode.CAPABILITY, "the mechanism " + mechanism.name() + " has no logs");
    }

    Table table() {
        if (mechanism instanceof Table table) {
            return table;
        }
        throw new FairleadException(ErrorCode.CAPABILITY, "the mechanism " + mechanism.name() + " looks up no key");
    }

    synchronized OpenQueues queues() {
        OpenQueues known = queues;
        if (known == null) {
            if (!(mechanism instanceof Queue queue)) {
                throw new FairleadException(
                        ErrorCode.CAPABILITY, "the mechanism " + mechanism.name() + " has no queues");
            }
            known = new OpenQueues(queue);
            queues = known;
        }
        return known;
    }

    /** Remembers a claim that was just made. */
    synchronized Writing claimed(String log, LogWriter writer) {
        refuseTooMany(writings);
        Writing writing = new Writing(log(), log, writer);
        writings.put(name(log, writer.epoch()), writing);
        return writing;
    }

    /** The claim of this epoch, also when it was made before the node was started. */
    synchronized Writing writing(String log, long epoch) {
        Writing known = writings.get(name(log, epoch));
        return known == null ? claimed(log, log().continueClaim(log, epoch)) : known;
    }

    private static String name(String log, long epoch) {
        return log + " " + epoch;
    }

    /** The reader of this name, opened where it is not. */
    synchronized Reading reading(String log, String name, long offset) {
        Reading known = readings.get(name);
        if (known != null) {
            return known;
        }
        refuseTooMany(readings);
        Reading reading = new Reading(() -> log().read(log, 0, offset));
        readings.put(name, reading);
        return reading;
    }

    /** Ends a reader; nothing happens where there is none. */
    synchronized void leave(String name) {
        Reading reading = readings.remove(name);
        if (reading != null) {
            reading.close();
        }
    }

    /** Ends a writer; the log stays claimed. */
    synchronized void retire(String log, long epoch) {
        Writing writing = writings.remove(name(log, epoch));
        if (writing != null) {
            writing.close();
        }
    }

    private static void refuseTooMany(Map<String, ?> held) {
        if (held.size() >= MOST) {
            throw new FairleadException(
                    ErrorCode.UNREACHABLE, "an opening has at most " + MOST + " writers and as many readers");
        }
    }

    @Override
    public void close() {
        mechanism.close();
    }
}
