package dev.fairlead.examples.store;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Receipt;
import dev.fairlead.testkit.history.HistoryChecker;
import dev.fairlead.testkit.history.HistoryEvent;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryFile;
import dev.fairlead.testkit.history.HistoryRecorder;
import dev.fairlead.testkit.history.Verdict;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what checkout appends and what the ledger sees of it, for the history checker. Safe for many threads.
 *
 * <p>A group handles several keys at once, so that only the order within a key is promised: each delivery is a session of its own.
 */
final class SaleHistory implements AutoCloseable {
    private static final int ITEM = 1;
    private static final int CHECKOUT = 1;
    private static final int LEDGER = 2;

    private final Path file;
    private final HistoryRecorder recorder;
    private final Map<String, Long> keys = new ConcurrentHashMap<>();
    private final Map<Named, Sale> events = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();

    private record Named(String saleId, long sequence) {}

    private SaleHistory(Path file) {
        this.file = file;
        this.recorder = HistoryRecorder.create(file);
    }

    static SaleHistory create(Path file) {
        return new SaleHistory(file);
    }

    /** An event is about to be appended to a sale that has so many. */
    void sending(String saleId, long version, Sale event) {
        events.put(new Named(saleId, version), event);
        note(CHECKOUT, Type.INVOKE, Function.SEND, saleId, version, -1, 0, event);
    }

    /** It was appended. */
    void sent(String saleId, long version, Receipt receipt) {
        note(
                CHECKOUT,
                Type.OK,
                Function.SEND,
                saleId,
                version,
                receipt.position().offset(),
                0,
                null);
    }

    /** The ledger sees an event. */
    void delivered(EventRecord<String, Sale> happened) {
        note(
                LEDGER,
                Type.OK,
                Function.DELIVER,
                happened.key(),
                happened.version() - 1,
                happened.position().offset(),
                sessions.incrementAndGet(),
                happened.event());
    }

    private void note(
            int process,
            Type type,
            Function function,
            String saleId,
            long sequence,
            long position,
            long session,
            @Nullable Sale seen) {
        long key = keys.computeIfAbsent(saleId, id -> numbers.incrementAndGet());
        // The checker knows the checksum of each record; an event that is not the one that was sent gets another.
        boolean isThat = seen == null || seen.equals(events.get(new Named(saleId, sequence)));
        int checksum = HistoryEvent.checksum(ITEM, key, sequence) + (isThat ? 0 : 1);
        recorder.note(process, type, function, ITEM, key, sequence, position, session, checksum);
    }

    /** Ends the history and judges it. */
    Verdict judge() {
        recorder.close();
        return HistoryChecker.check(HistoryFile.read(file));
    }

    @Override
    public void close() {
        recorder.close();
    }
}
