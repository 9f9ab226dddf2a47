package dev.fairlead.testkit.workload;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.testkit.history.HistoryEvent;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryRecorder;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;

/** Sends the records of its own keys, one after another, and writes down what became of each. */
final class KeyedSender implements Runnable {
    private static final int KEYS = 8;

    private final HistoryRecorder history;
    private final LogWriter writer;
    private final int item;
    private final int process;
    private final int records;
    private final Random random;
    private final long[] next = new long[KEYS];

    KeyedSender(HistoryRecorder history, LogWriter writer, int item, int thread, LogWorkload.Settings settings) {
        this.history = history;
        this.writer = writer;
        this.item = item;
        this.process = thread;
        this.records = settings.records();
        this.random = new Random(settings.seed() * 31 + item * 7L + thread);
    }

    @Override
    public void run() {
        for (int i = 0; i < records; i++) {
            int own = random.nextInt(KEYS);
            send((long) process * KEYS + own, next[own]++);
        }
    }

    private void send(long key, long sequence) {
        note(Type.INVOKE, key, sequence, -1);
        try {
            Appended appended = writer.append(0, List.of(SentRecord.entry(item, key, sequence)))
                    .join();
            note(Type.OK, key, sequence, appended.first().offset());
        } catch (CompletionException e) {
            boolean unknown =
                    e.getCause() instanceof FairleadException known && known.code() == ErrorCode.OUTCOME_UNKNOWN;
            note(unknown ? Type.INFO : Type.FAIL, key, sequence, -1);
            writer.resume();
        }
    }

    private void note(Type type, long key, long sequence, long position) {
        history.note(
                process,
                type,
                Function.SEND,
                item,
                key,
                sequence,
                position,
                writer.epoch(),
                HistoryEvent.checksum(item, key, sequence));
    }
}
