package dev.fairlead.testkit.workload;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Events;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Receipt;
import dev.fairlead.testkit.history.HistoryEvent;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryRecorder;
import dev.fairlead.testkit.workload.EventsWorkload.Step;
import dev.fairlead.testkit.workload.EventsWorkload.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Appends events of its own keys, some at a time, and writes down what became of each. */
final class EventSender implements Runnable {
    private static final int KEYS = 8;
    private static final int EVENTS = 1400;
    private static final int AT_ONCE = 20;

    private final HistoryRecorder history;
    private final Events<String, Walk> steps;
    private final int process;

    EventSender(HistoryRecorder history, Events<String, Walk> steps, int sender) {
        this.history = history;
        this.steps = steps;
        this.process = sender + 1;
    }

    /** The key of a number. */
    static String key(long number) {
        return "k" + number;
    }

    static long number(String key) {
        return Long.parseLong(key.substring(1));
    }

    private record Sending(long key, long sequence, CompletableFuture<Receipt> future) {}

    @Override
    public void run() {
        for (int from = 0; from < EVENTS; from += AT_ONCE) {
            List<Sending> under = new ArrayList<>();
            for (int i = from; i < Math.min(EVENTS, from + AT_ONCE); i++) {
                under.add(send((process - 1L) * KEYS + i % KEYS, i / KEYS));
            }
            under.forEach(this::ended);
        }
    }

    private Sending send(long key, long sequence) {
        note(Type.INVOKE, key, sequence, -1);
        int checksum = HistoryEvent.checksum(EventsWorkload.ITEM, key, sequence);
        try {
            return new Sending(key, sequence, steps.appendAsync(key(key), new Step(sequence, checksum)));
        } catch (FairleadException refused) {
            return new Sending(key, sequence, CompletableFuture.failedFuture(refused));
        }
    }

    private void ended(Sending sending) {
        try {
            long offset = sending.future().join().position().offset();
            note(Type.OK, sending.key(), sending.sequence(), offset);
        } catch (CompletionException e) {
            boolean unknown =
                    e.getCause() instanceof FairleadException known && known.code() == ErrorCode.OUTCOME_UNKNOWN;
            note(unknown ? Type.INFO : Type.FAIL, sending.key(), sending.sequence(), -1);
        }
    }

    private void note(Type type, long key, long sequence, long position) {
        int checksum = HistoryEvent.checksum(EventsWorkload.ITEM, key, sequence);
        history.note(process, type, Function.SEND, EventsWorkload.ITEM, key, sequence, position, 1, checksum);
    }
}
