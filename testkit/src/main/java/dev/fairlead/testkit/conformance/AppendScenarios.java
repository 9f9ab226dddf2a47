package dev.fairlead.testkit.conformance;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/** Appending records. */
final class AppendScenarios {
    private static final String GROUP = "append";

    private AppendScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.always(
                        GROUP,
                        "eight appenders at once get the offsets at which their records stand",
                        AppendScenarios::eightAtOnce),
                Scenario.declaring(
                        GROUP,
                        Capability.DENSE_OFFSETS,
                        "offsets begin at 0 and leave none out",
                        AppendScenarios::dense),
                Scenario.always(
                        GROUP,
                        "before each record the reader tells from where on nothing stands",
                        AppendScenarios::emptyBefore),
                Scenario.always(
                        GROUP, "calls of one writer stand in the order of the calls", AppendScenarios::callOrder),
                Scenario.declaring(
                        GROUP,
                        Capability.KEY_ORDER,
                        "records of one key are read in the order of the appends",
                        AppendScenarios::keyOrder),
                Scenario.always(
                        GROUP, "a batch stands together although others append", AppendScenarios::batchesStandTogether),
                Scenario.always(GROUP, "a batch with a bad entry leaves nothing", AppendScenarios::allOrNothing),
                Scenario.always(
                        GROUP, "what is acknowledged is below the end at once", AppendScenarios::acknowledgedIsVisible),
                Scenario.always(
                        GROUP,
                        "an acknowledgement has the level that was asked for",
                        AppendScenarios::acknowledgesTheLevel),
                Scenario.always(GROUP, "a closed writer appends nothing more", AppendScenarios::closedWriter),
                Scenario.always(
                        GROUP,
                        "a wall clock that jumps back changes neither order nor positions",
                        AppendScenarios::clockJumpsBack));
    }

    private static void eightAtOnce(Scope scope) throws Exception {
        int threads = 8;
        int each = 250;
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        Map<Long, String> acknowledged = new ConcurrentHashMap<>();
        scope.together(threads, number -> {
            for (int i = 0; i < each; i++) {
                String value = number + "/" + i;
                String other = acknowledged.put(scope.append(writer, "k" + number, value), value);
                Expect.equal(other, null, "what another append got the offset of " + value + " for");
            }
        });
        List<LogRecord> records = scope.readAll(log);
        Expect.equal(records.size(), threads * each, "the number of records");
        for (int i = 0; i < records.size(); i++) {
            long offset = records.get(i).offset();
            scope.expectOffset(offset, i, "the offset of record " + i);
            Expect.equal(Scope.value(records.get(i)), acknowledged.get(offset), "the record at offset " + offset);
        }
    }

    private static void dense(Scope scope) throws Exception {
        String log = scope.defined();
        for (long i = 0; i < 20; i += 2) {
            LogWriter writer = scope.writer(log);
            long offset = scope.append(writer, List.of(Scope.entry("a", "1"), Scope.entry("b", "2")));
            Expect.equal(offset, i, "the offset of the next append");
            writer.close();
        }
        Expect.equal(scope.log().bounds(log, 0).end(), 20L, "the end");
        Expect.equal(
                Scope.offsets(scope.readAll(log)),
                LongStream.range(0, 20).boxed().toList(),
                "the offsets");
    }

    private static void emptyBefore(Scope scope) throws Exception {
        String log = scope.defined();
        for (int i = 0; i < 10; i++) {
            LogWriter writer = scope.writer(log);
            scope.append(writer, List.of(Scope.entry("a", "1"), Scope.entry("b", "2")));
            writer.close();
        }
        long next = 0;
        for (LogRecord record : scope.readAll(log)) {
            Expect.equal(record.emptyFrom(), next, "from where on nothing stands before offset " + record.offset());
            next = record.offset() + 1;
        }
    }

    private static void callOrder(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            appends.add(writer.append(0, List.of(Scope.entry("k" + i % 7, "v" + i))));
        }
        long before = -1;
        for (CompletableFuture<Appended> append : appends) {
            long offset = scope.acknowledged(append).first().offset();
            Expect.that(offset > before, "the offsets of one thread's calls to grow: " + before + ", " + offset);
            before = offset;
        }
    }

    private static void keyOrder(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        scope.together(4, number -> {
            List<CompletableFuture<Appended>> appends = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                appends.add(writer.append(0, List.of(Scope.entry("k" + number, Integer.toString(i)))));
            }
            for (CompletableFuture<Appended> append : appends) {
                scope.acknowledged(append);
            }
        });
        Map<String, Integer> last = new ConcurrentHashMap<>();
        for (LogRecord record : scope.readAll(log)) {
            int value = Integer.parseInt(Scope.value(record));
            int before = last.getOrDefault(Scope.key(record), -1);
            Expect.equal(value, before + 1, "the record of " + Scope.key(record) + " after " + before);
            last.put(Scope.key(record), value);
        }
        Expect.equal(last.size(), 4, "the number of keys");
    }

    private static void batchesStandTogether(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        scope.together(6, number -> {
            for (int i = 0; i < 60; i++) {
                String batch = number + "/" + i;
                scope.append(
                        writer,
                        List.of(
                                Scope.entry("a", batch + "/0"),
                                Scope.entry("b", batch + "/1"),
                                Scope.entry("a", batch + "/2")));
            }
        });
        List<String> values = Scope.values(scope.readAll(log));
        Expect.equal(values.size(), 6 * 60 * 3, "the number of records");
        for (int i = 0; i < values.size(); i += 3) {
            String batch = values.get(i).substring(0, values.get(i).lastIndexOf('/'));
            Expect.equal(
                    values.subList(i, i + 3),
                    List.of(batch + "/0", batch + "/1", batch + "/2"),
                    "the batch at offset " + i);
        }
    }

    private static void allOrNothing(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        LogEntry bad = new LogEntry(new byte[0], new byte[0], new byte[0]);
        List<LogEntry> batch = List.of(Scope.entry("a", "torn"), bad, Scope.entry("b", "torn"));
        Expect.fails(ErrorCode.BAD_VALUE, () -> scope.acknowledged(writer.append(0, batch)));
        scope.expectOffset(scope.append(writer, "k", "whole"), 0, "the offset after a refused batch");
        Expect.equal(Scope.values(scope.readAll(log)), List.of("whole"), "the records");
    }

    private static void acknowledgedIsVisible(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < 200; i++) {
            long offset = scope.append(writer, "k", "v" + i);
            long end = scope.log().bounds(log, 0).end();
            Expect.that(end > offset, "an end above the acknowledged offset " + offset + ", but it was " + end);
        }
    }

    private static void acknowledgesTheLevel(Scope scope) throws Exception {
        String log = scope.defined();
        Appended appended = scope.acknowledged(scope.writer(log).append(0, List.of(Scope.entry("k", "v"))));
        Durability reached = appended.durability();
        Expect.that(
                reached.reaches(scope.durability()), "a receipt of " + scope.durability() + " or more, not " + reached);
        Expect.equal(appended.first().partition(), 0, "the partition of the receipt");
    }

    private static void closedWriter(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        scope.append(writer, "k", "before");
        writer.close();
        writer.close();
        Expect.fails(ErrorCode.CLOSED, () -> scope.append(writer, "k", "after"));
        Expect.equal(Scope.values(scope.readAll(log)), List.of("before"), "the records");
    }

    private static void clockJumpsBack(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < 10; i++) {
            scope.expectOffset(scope.append(writer, "k", "v" + i), i, "the offset");
            scope.time().jumpWallClock(Duration.ofHours(i % 2 == 0 ? -5 : 3));
        }
        Expect.equal(Scope.values(scope.readAll(log)).get(9), "v9", "the last record");
    }
}
