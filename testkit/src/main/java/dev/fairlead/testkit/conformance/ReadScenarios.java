package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reading records as they come. */
final class ReadScenarios {
    private static final String GROUP = "read";
    private static final Duration SHORT = Duration.ofMillis(20);

    private ReadScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.always(GROUP, "a poll brings no more records than asked for", ReadScenarios::pollLimit),
                Scenario.always(GROUP, "next names the offset after the last record", ReadScenarios::nextOffset),
                Scenario.always(
                        GROUP, "a tailing reader sees each record once, in order", ReadScenarios::tailingReader),
                Scenario.always(GROUP, "several readers do not disturb each other", ReadScenarios::severalReaders),
                Scenario.always(
                        GROUP, "bounds are true while records are appended", ReadScenarios::boundsWhileAppending),
                Scenario.always(
                        GROUP, "a reader that waits tells of no end beyond the log's", ReadScenarios::waitingAtTheEnd),
                Scenario.always(
                        GROUP, "a reader opened beyond the end waits for its offset", ReadScenarios::beyondTheEnd));
    }

    private static void pollLimit(Scope scope) throws Exception {
        String log = scope.defined();
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            fill(scope, log, 25);
            List<String> seen = new ArrayList<>();
            while (seen.size() < 25) {
                List<LogRecord> records = reader.poll(7, scope.patience()).records();
                Expect.that(!records.isEmpty() && records.size() <= 7, "1 to 7 records, not " + records.size());
                seen.addAll(Scope.values(records));
            }
            Expect.equal(seen, numbered(25), "the records");
        }
    }

    private static void nextOffset(Scope scope) throws Exception {
        String log = scope.defined();
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            Expect.equal(reader.next(), 0L, "next before the first poll");
            fill(scope, log, 5);
            List<LogRecord> records = reader.poll(3, scope.patience()).records();
            long last = records.getLast().offset();
            Expect.that(reader.next() > last, "next after a poll to be above " + last + ", not " + reader.next());
            scope.expectOffset(reader.next(), last + 1, "next after a poll");
        }
    }

    private static void tailingReader(Scope scope) throws Exception {
        String log = scope.defined();
        int count = 2000;
        List<String> seen = new ArrayList<>();
        LogReader reader = scope.log().read(log, 0, 0);
        Task reading = scope.start(() -> {
            while (seen.size() < count) {
                seen.addAll(Scope.values(reader.poll(100, scope.patience()).records()));
            }
        });
        fill(scope, log, count);
        reading.join();
        reader.close();
        Expect.equal(seen, numbered(count), "what the reader saw");
    }

    private static void severalReaders(Scope scope) throws Exception {
        String log = scope.defined();
        List<LogReader> readers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            readers.add(scope.log().read(log, 0, 0));
        }
        fill(scope, log, 100);
        scope.together(readers.size(), number -> {
            List<LogRecord> seen = new ArrayList<>();
            while (seen.size() < 100) {
                seen.addAll(
                        readers.get(number).poll(1 + number, scope.patience()).records());
            }
            Expect.equal(Scope.values(seen), numbered(100), "what reader " + number + " saw");
        });
        readers.get(0).close();
        fill(scope, log, 1);
        Expect.equal(readers.get(1).poll(10, scope.patience()).records().size(), 1, "records after another's close");
    }

    private static void boundsWhileAppending(Scope scope) throws Exception {
        String log = scope.defined();
        AtomicBoolean done = new AtomicBoolean();
        LogReader reader = scope.log().read(log, 0, 0);
        Task watching = scope.start(() -> {
            long lastEnd = 0;
            while (!done.get()) {
                LogBounds now = scope.log().bounds(log, 0);
                Expect.that(now.end() >= lastEnd, "an end that never goes back: " + lastEnd + ", " + now);
                Expect.that(
                        now.start() <= now.compactedBelow() && now.compactedBelow() <= now.end(),
                        "ordered bounds: " + now);
                LogBatch batch = reader.poll(50, SHORT);
                Expect.that(batch.bounds().end() >= reader.next(), "a batch's end at or above what it brought");
                lastEnd = Math.max(now.end(), batch.bounds().end());
            }
        });
        fill(scope, log, 1000);
        done.set(true);
        watching.join();
        reader.close();
        LogBounds full = scope.log().bounds(log, 0);
        scope.expectOffset(full.end(), 1000, "the end of a full log");
        if (scope.declares(Capability.KEEP_ALL)) {
            Expect.equal(full, new LogBounds(0, 0, full.end()), "the bounds of a log that keeps all");
        }
    }

    private static void waitingAtTheEnd(Scope scope) throws Exception {
        String log = scope.defined();
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            expectNoEndBeyond(scope, log, reader);
            LogWriter writer = scope.writer(log);
            expectNoEndBeyond(scope, log, reader);
            scope.append(writer, "key", "value");
            Expect.equal(Scope.values(reader.poll(10, scope.patience()).records()), List.of("value"), "the record");
            writer.close();
            scope.writer(log);
            expectNoEndBeyond(scope, log, reader);
        }
    }

    /** Looks twice: what is behind the last record may have come with the first look. */
    private static void expectNoEndBeyond(Scope scope, String log, LogReader reader) {
        for (int look = 0; look < 2; look++) {
            LogBatch batch = reader.poll(10, SHORT);
            long end = scope.log().bounds(log, 0).end();
            Expect.equal(batch.records(), List.of(), "records that nobody appended");
            Expect.that(
                    batch.bounds().end() <= end && reader.next() <= end,
                    "end and next at or below the log's end of " + end + ", not "
                            + batch.bounds().end() + " and " + reader.next());
        }
    }

    private static void beyondTheEnd(Scope scope) throws Exception {
        String log = scope.defined();
        fill(scope, log, 2);
        try (LogReader reader = scope.log().read(log, 0, 5)) {
            Expect.equal(reader.poll(10, SHORT).records(), List.of(), "records before the offset is there");
            fill(scope, log, 4);
            List<Long> offsets = List.of();
            while (offsets.isEmpty()
                    && reader.next() < scope.log().bounds(log, 0).end()) {
                offsets = Scope.offsets(reader.poll(10, scope.patience()).records());
            }
            Expect.that(!offsets.isEmpty() && offsets.getFirst() >= 5, "an offset of 5 or more first, not " + offsets);
            scope.expectOffset(offsets.getFirst(), 5, "the first offset read");
        }
    }

    private static void fill(Scope scope, String log, int count) throws Exception {
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < count; i++) {
            scope.append(writer, "k" + i % 5, Integer.toString(i));
        }
        writer.close();
    }

    private static List<String> numbered(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }
}
