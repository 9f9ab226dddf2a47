package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Threads that append batches of three until the mechanism is closed below them, or they have appended plenty. */
final class BusyWriters {
    private static final int THREADS = 4;
    private static final int MOST_BATCHES = 5000;
    private static final Set<ErrorCode> ENDINGS = EnumSet.of(ErrorCode.CLOSED, ErrorCode.OUTCOME_UNKNOWN);

    private final List<Task> tasks = new ArrayList<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> unknown = new ConcurrentLinkedQueue<>();
    private final CountDownLatch warm = new CountDownLatch(20);

    private BusyWriters() {}

    static BusyWriters start(Scope scope, String log) throws InterruptedException {
        BusyWriters writers = new BusyWriters();
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < THREADS; i++) {
            String thread = "t" + i;
            writers.tasks.add(scope.start(() -> writers.append(scope, writer, thread)));
        }
        Expect.that(writers.warm.await(scope.patience().toNanos(), TimeUnit.NANOSECONDS), "appends to begin");
        return writers;
    }

    void awaitClosed() throws Exception {
        for (Task task : tasks) {
            task.join();
        }
    }

    void expectWholeBatches(List<String> values) {
        Map<String, Integer> count = new HashMap<>();
        values.forEach(value -> count.merge(value, 1, Integer::sum));
        for (String batch : acknowledged) {
            Expect.equal(count.remove(batch), 3, "how many records of the acknowledged batch " + batch + " stand");
        }
        for (String batch : unknown) {
            int standing = count.getOrDefault(batch, 0);
            Expect.that(standing == 0 || standing == 3, "all or nothing of the batch " + batch + ", not " + standing);
            count.remove(batch);
        }
        Expect.equal(count.keySet(), Set.of(), "what stands of batches that failed");
    }

    private void append(Scope scope, LogWriter writer, String thread) throws Exception {
        for (int i = 0; i < MOST_BATCHES; i++) {
            String batch = thread + "/" + i;
            try {
                scope.append(
                        writer, List.of(Scope.entry("a", batch), Scope.entry("b", batch), Scope.entry("c", batch)));
                acknowledged.add(batch);
                warm.countDown();
            } catch (FairleadException failure) {
                Expect.that(
                        ENDINGS.contains(failure.code()), "appends to end with " + ENDINGS + ", not " + failure.code());
                if (failure.code() == ErrorCode.OUTCOME_UNKNOWN) {
                    unknown.add(batch);
                }
                return;
            }
        }
    }
}
