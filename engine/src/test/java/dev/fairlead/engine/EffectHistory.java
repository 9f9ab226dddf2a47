package dev.fairlead.engine;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Following;
import dev.fairlead.api.ParkedEvent;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.api.Position;
import dev.fairlead.api.Receipt;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.history.HistoryChecker;
import dev.fairlead.testkit.history.HistoryEvent;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryFile;
import dev.fairlead.testkit.history.HistoryRecorder;
import dev.fairlead.testkit.history.Verdict;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sales that are sent, and what one group does with them, written down and judged. Keys are {@code k0, k1 …}; a key's n-th sale
 * has the version n + 1.
 */
final class EffectHistory implements AutoCloseable {
    private static final int GROUP = 1;
    private static final int WRITER = 1;
    private static final int FOLLOWER = 2;

    /** What the sink of the effects remembers. */
    enum Sink {
        /** The ids of what took effect, and the newest epoch. */
        INBOX,
        /** Nothing. */
        FORGETFUL
    }

    private final Path file;
    private final HistoryRecorder history;
    private final Sink sink;
    private final Set<Long> taken = new HashSet<>();
    private final Map<Long, long[]> places = new ConcurrentHashMap<>();
    private long epoch;

    EffectHistory(Path file, Sink sink) {
        this.file = file;
        this.sink = sink;
        this.history = HistoryRecorder.create(file);
    }

    void send(Events<String, Sale> sales, long key, long sequence, int number) {
        note(WRITER, Type.INVOKE, Function.SEND, key, sequence, -1, 1);
        Receipt receipt = sales.append("k" + key, new ItemAdded("sku", number));
        sent(key, sequence, receipt.position().offset());
    }

    /** As {@link #send}, without waiting for it. */
    CompletableFuture<Void> sendAsync(Events<String, Sale> sales, long key, long sequence, int number) {
        note(WRITER, Type.INVOKE, Function.SEND, key, sequence, -1, 1);
        return sales.appendAsync("k" + key, new ItemAdded("sku", number))
                .thenAccept(receipt -> sent(key, sequence, receipt.position().offset()));
    }

    void sent(long key, long sequence, long position) {
        places.put(position, new long[] {key, sequence});
        note(WRITER, Type.OK, Function.SEND, key, sequence, position, 1);
    }

    /** A new member has the group from now on. */
    synchronized long assign() {
        epoch++;
        group(Type.OK, Function.ASSIGN, 0, 0, 0, epoch);
        return epoch;
    }

    void effect(long of, EventRecord<String, Sale> happened) {
        effect(
                of,
                Long.parseLong(happened.key().substring(1)),
                happened.version() - 1,
                happened.position().offset());
    }

    /** The sale at the position takes effect. */
    void effect(long of, long position) {
        long[] name = places.getOrDefault(position, new long[] {-1, -1});
        effect(of, name[0], name[1], position);
    }

    /** The sale takes effect under the epoch: once and under the newest epoch only, when the sink is an inbox. */
    synchronized void effect(long of, long key, long sequence, long position) {
        if (sink == Sink.INBOX && of < epoch) {
            throw new IllegalStateException("the epoch " + of + " is over");
        }
        if (sink == Sink.FORGETFUL || taken.add(position)) {
            taken.add(position);
            group(Type.OK, Function.EFFECT, key, sequence, position, of);
        }
    }

    synchronized int effects() {
        return taken.size();
    }

    /** What is parked now, and with {@link Type#OK} in the end. */
    void parked(Following<String, Sale> following, Type when) {
        for (ParkedKey parked : following.parked()) {
            parked.events().forEach(event -> aside(event.position(), when, Function.PARK));
        }
    }

    /** What is parked while nobody follows: one who begins to follow may send some of it again before he is asked what is parked. */
    void parked(ParkedGroup group) {
        group.events().forEach(event -> aside(event.position(), Type.INVOKE, Function.PARK));
    }

    void dismissed(ParkedEvent event) {
        aside(event.position(), Type.OK, Function.DISMISS);
    }

    private void aside(Position position, Type type, Function function) {
        long[] name = places.getOrDefault(position.offset(), new long[] {-1, -1});
        group(type, function, name[0], name[1], position.offset(), epoch);
    }

    synchronized void committed(Following<String, Sale> following) {
        group(Type.OK, Function.COMMIT, 0, 0, following.status().done().offset(), epoch);
    }

    void healed() {
        note(0, Type.OK, Function.HEAL, 0, 0, 0, 0);
    }

    Verdict verdict() {
        history.close();
        List<HistoryEvent> events = HistoryFile.read(file);
        return HistoryChecker.check(events);
    }

    private void group(Type type, Function function, long key, long sequence, long position, long of) {
        int checksum = HistoryEvent.checksum(0, key, sequence);
        history.note(FOLLOWER, GROUP, type, function, 0, key, sequence, position, of, checksum);
    }

    private void note(int process, Type type, Function function, long key, long sequence, long position, long of) {
        int checksum = HistoryEvent.checksum(0, key, sequence);
        history.note(process, type, function, 0, key, sequence, position, of, checksum);
    }

    @Override
    public void close() {
        history.close();
    }
}
