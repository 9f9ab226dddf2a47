package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One writer at a time. */
final class FencingScenarios {
    private static final String GROUP = "fencing";
    private static final int MOST_BATCHES = 2000;

    private FencingScenarios() {}

    static List<Scenario> all() {
        return List.of(
                fencing("each claim has a higher epoch", FencingScenarios::epochsGrow),
                fencing("a new claim refuses the earlier writer", FencingScenarios::earlierIsRefused),
                fencing("a fenced writer stays fenced and leaves nothing", FencingScenarios::staysFenced),
                fencing("a fenced writer cannot resume, the one that holds the log can", FencingScenarios::resume),
                fencing(
                        "appends in flight when another claims stand before it or not at all",
                        FencingScenarios::appendsInFlight),
                fencing("of eight claims at once only the highest epoch writes", FencingScenarios::claimsAtOnce),
                fencing("a claim fences only its own log", FencingScenarios::otherLogsGoOn),
                fencing(
                        "a closed writer leaves the log claimed by its epoch",
                        FencingScenarios::closedWriterKeepsEpoch));
    }

    private static Scenario fencing(String name, Scenario.Body body) {
        return Scenario.declaring(GROUP, Capability.FENCING, name, body);
    }

    private static void epochsGrow(Scope scope) {
        String log = scope.defined();
        long before = -1;
        for (int i = 0; i < 20; i++) {
            long epoch = scope.writer(log).epoch();
            Expect.that(epoch > before, "an epoch above " + before + ", not " + epoch);
            before = epoch;
        }
    }

    private static void earlierIsRefused(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter earlier = scope.log().claim(log, "earlier");
        scope.append(earlier, "k", "1");
        LogWriter later = scope.log().claim(log, "later");
        Expect.fails(ErrorCode.FENCED, log, () -> scope.append(earlier, "k", "lost"));
        scope.expectOffset(scope.append(later, "k", "2"), 1, "the offset of the later writer");
        Expect.equal(Scope.values(scope.readAll(log)), List.of("1", "2"), "the records");
    }

    private static void staysFenced(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter earlier = scope.writer(log);
        LogWriter later = scope.writer(log);
        for (int i = 0; i < 5; i++) {
            Expect.fails(ErrorCode.FENCED, () -> scope.append(earlier, "k", "lost"));
            scope.append(later, "k", "kept" + i);
        }
        later.close();
        Expect.fails(ErrorCode.FENCED, () -> scope.append(earlier, "k", "lost"));
        Expect.equal(scope.readAll(log).size(), 5, "the number of records");
    }

    private static void resume(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter earlier = scope.writer(log);
        LogWriter later = scope.writer(log);
        Expect.fails(ErrorCode.FENCED, log, earlier::resume);
        Expect.fails(ErrorCode.FENCED, log, () -> scope.append(earlier, "k", "lost"));
        Expect.fails(ErrorCode.FENCED, log, earlier::resume);
        scope.append(later, "k", "1");
        later.resume();
        scope.expectOffset(scope.append(later, "k", "2"), 1, "the offset after a resume that nothing called for");
    }

    private static void appendsInFlight(Scope scope) throws Exception {
        for (int round = 0; round < 10; round++) {
            String log = scope.defined();
            LogWriter earlier = scope.log().claim(log, "earlier");
            Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
            CountDownLatch warm = new CountDownLatch(20);
            List<Task> appending = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String thread = "old/" + i;
                appending.add(scope.start(() -> appendUntilFenced(scope, earlier, thread, acknowledged, warm)));
            }
            Expect.that(warm.await(scope.patience().toNanos(), TimeUnit.NANOSECONDS), "appends to begin");
            LogWriter later = scope.log().claim(log, "later");
            scope.append(later, "k", "new");
            for (Task task : appending) {
                task.join();
            }
            judge(Scope.values(scope.readAll(log)), acknowledged);
        }
    }

    private static void appendUntilFenced(
            Scope scope, LogWriter writer, String thread, Queue<String> acknowledged, CountDownLatch warm)
            throws Exception {
        for (int i = 0; i < MOST_BATCHES; i++) {
            String batch = thread + "/" + i;
            try {
                scope.append(
                        writer, List.of(Scope.entry("a", batch), Scope.entry("b", batch), Scope.entry("c", batch)));
            } catch (FairleadException failure) {
                Expect.that(
                        failure.code() == ErrorCode.FENCED,
                        "the earlier writer to end with FENCED, not " + Expect.describe(failure));
                return;
            }
            acknowledged.add(batch);
            warm.countDown();
        }
    }

    private static void judge(List<String> values, Queue<String> acknowledged) {
        Map<String, Integer> count = new HashMap<>();
        values.forEach(value -> count.merge(value, 1, Integer::sum));
        Expect.equal(values.getLast(), "new", "the record after which nothing of the earlier writer stands");
        Expect.equal(count.remove("new"), 1, "how often the later writer's record stands");
        for (String batch : acknowledged) {
            Expect.equal(count.remove(batch), 3, "how many records of the acknowledged batch " + batch + " stand");
        }
        Expect.equal(count.keySet(), Set.of(), "what stands of batches that failed with FENCED");
    }

    private static void claimsAtOnce(Scope scope) throws Exception {
        String log = scope.defined();
        Queue<LogWriter> writers = new ConcurrentLinkedQueue<>();
        scope.together(8, number -> writers.add(scope.log().claim(log, "claim " + number)));
        long highest = writers.stream().mapToLong(LogWriter::epoch).max().orElseThrow();
        Expect.equal(writers.stream().mapToLong(LogWriter::epoch).distinct().count(), 8L, "the number of epochs");
        for (LogWriter writer : writers) {
            if (writer.epoch() != highest) {
                Expect.fails(ErrorCode.FENCED, () -> scope.append(writer, "k", "lost"));
            }
        }
        for (LogWriter writer : writers) {
            if (writer.epoch() == highest) {
                scope.append(writer, "k", "kept");
            }
        }
        List<LogRecord> records = scope.readAll(log);
        Expect.equal(Scope.values(records), List.of("kept"), "the records");
    }

    private static void otherLogsGoOn(Scope scope) throws Exception {
        String log = scope.defined();
        String other = scope.defined();
        LogWriter writer = scope.writer(other);
        scope.writer(log);
        scope.writer(log);
        scope.expectOffset(scope.append(writer, "k", "v"), 0, "the offset in the other log");
    }

    private static void closedWriterKeepsEpoch(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter earlier = scope.writer(log);
        LogWriter later = scope.writer(log);
        later.close();
        Expect.fails(ErrorCode.FENCED, () -> scope.append(earlier, "k", "lost"));
        Expect.that(scope.writer(log).epoch() > later.epoch(), "an epoch above the closed writer's");
    }
}
