package dev.fairlead.testkit.workload;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.testkit.history.HistoryEvent;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** Sends the records of its own keys, alone or some together, and writes down what became of each. */
final class KeyedSender implements Runnable {
    private static final int KEYS = 8;
    private static final int TOGETHER = 4;

    private final HistoryRecorder history;
    private final LogWriter writer;
    private final int item;
    private final int process;
    private final int records;
    private final BooleanSupplier goesOn;
    private final Random random;
    private final long[] next = new long[KEYS];
    private int transactions;

    /** @param goesOn whether it sends more when it has sent all */
    KeyedSender(
            HistoryRecorder history,
            LogWriter writer,
            int item,
            int thread,
            LogWorkload.Settings settings,
            BooleanSupplier goesOn) {
        this.history = history;
        this.writer = writer;
        this.item = item;
        this.process = thread;
        this.records = settings.records();
        this.goesOn = goesOn;
        this.random = new Random(settings.seed() * 31 + item * 7L + thread);
    }

    @Override
    public void run() {
        for (int sent = 0; goesOn.getAsBoolean() || sent < records; ) {
            int together = random.nextInt(TOGETHER) == 0 ? TOGETHER : 1;
            if (sent < records) {
                together = Math.min(records - sent, together);
            }
            List<RecordName> names = new ArrayList<>();
            for (int i = 0; i < together; i++) {
                int own = random.nextInt(KEYS);
                names.add(new RecordName((long) process * KEYS + own, next[own]++));
            }
            send(names, together == 1 ? 0 : process << Short.SIZE | ++transactions);
            sent += together;
        }
    }

    private record RecordName(long key, long sequence) {}

    private void send(List<RecordName> names, int transaction) {
        names.forEach(name -> note(Type.INVOKE, name, -1, transaction));
        try {
            Appended appended = writer.append(
                            0,
                            names.stream()
                                    .map(name -> SentRecord.entry(item, name.key(), name.sequence()))
                                    .toList())
                    .join();
            for (int i = 0; i < names.size(); i++) {
                note(Type.OK, names.get(i), appended.first().offset() + i, transaction);
            }
        } catch (CompletionException e) {
            boolean unknown =
                    e.getCause() instanceof FairleadException known && known.code() == ErrorCode.OUTCOME_UNKNOWN;
            names.forEach(name -> note(unknown ? Type.INFO : Type.FAIL, name, -1, transaction));
            writer.resume();
        }
    }

    private void note(Type type, RecordName name, long position, int transaction) {
        history.note(
                process,
                transaction,
                type,
                Function.SEND,
                item,
                name.key(),
                name.sequence(),
                position,
                writer.epoch(),
                HistoryEvent.checksum(item, name.key(), name.sequence()));
    }
}
