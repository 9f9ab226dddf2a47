package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Logs that keep everything, or what is young enough. */
final class KeepScenarios {
    private static final String GROUP = "keep";
    private static final Set<Capability> KEEP_FOR = EnumSet.of(Capability.KEEP_FOR, Capability.REPLAY);
    private static final Retention ONE_HOUR = new Retention.KeepFor(Duration.ofHours(1));

    private KeepScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.declaring(
                        GROUP,
                        EnumSet.of(Capability.KEEP_ALL, Capability.REPLAY),
                        "a log that keeps all keeps all",
                        KeepScenarios::keepsAll),
                Scenario.declaring(
                        GROUP,
                        KEEP_FOR,
                        "what is older than the time goes, what is younger stays",
                        KeepScenarios::oldGoes),
                Scenario.declaring(
                        GROUP,
                        KEEP_FOR,
                        "a reader that retention overtook is told the start",
                        KeepScenarios::overtakenReader),
                Scenario.declaring(
                        GROUP, KEEP_FOR, "a log that became empty goes on with its offsets", KeepScenarios::emptied),
                Scenario.declaring(
                        GROUP,
                        EnumSet.of(Capability.KEEP_FOR, Capability.REPLAY, Capability.SURVIVES_KILL),
                        "the age of records survives a reopening",
                        KeepScenarios::ageSurvivesReopening));
    }

    private static void keepsAll(Scope scope) throws Exception {
        String log = scope.defined(new Retention.KeepAll());
        append(scope, log, 50);
        scope.time().advance(Duration.ofDays(36_500));
        append(scope, log, 50);
        scope.applyRetention(log);
        LogBounds bounds = scope.log().bounds(log, 0);
        scope.expectOffset(bounds.end(), 100, "the end");
        Expect.equal(bounds, new LogBounds(0, 0, bounds.end()), "the bounds");
        Expect.equal(scope.readFrom(log, 0).size(), 100, "the number of records");
    }

    private static void oldGoes(Scope scope) throws Exception {
        String log = scope.defined(ONE_HOUR);
        append(scope, log, 10);
        scope.time().advance(Duration.ofMinutes(59));
        scope.applyRetention(log);
        Expect.equal(scope.log().bounds(log, 0).start(), 0L, "the start while all are young");
        scope.time().advance(Duration.ofMinutes(59));
        append(scope, log, 5);
        List<Long> offsets = Scope.offsets(scope.readFrom(log, 0));
        scope.applyRetention(log);
        LogBounds bounds = scope.log().bounds(log, 0);
        Expect.that(
                bounds.start() > 0 && bounds.start() <= offsets.get(10),
                "a start above 0 and up to " + offsets.get(10) + ", not " + bounds);
        Expect.equal(
                Scope.offsets(scope.readFrom(log, 0)),
                offsets.stream().filter(offset -> offset >= bounds.start()).toList(),
                "the offsets of a reader from 0");
    }

    private static void overtakenReader(Scope scope) throws Exception {
        String log = scope.defined(ONE_HOUR);
        append(scope, log, 10);
        try (LogReader overtaken = scope.log().read(log, 0, 0)) {
            Expect.equal(overtaken.poll(3, scope.patience()).records().size(), 3, "the records before retention");
            long asked = overtaken.next();
            scope.time().advance(Duration.ofHours(3));
            append(scope, log, 5);
            scope.applyRetention(log);
            LogBatch batch = overtaken.poll(100, scope.patience());
            LogRecord first = batch.records().getFirst();
            if (first.emptyFrom() > asked) { // else the reader had it in hand before
                Expect.that(batch.bounds().start() > asked, "a batch whose bounds tell that records were overtaken");
                Expect.that(
                        first.emptyFrom() <= batch.bounds().start()
                                && batch.bounds().start() <= first.offset(),
                        "the first record after retention at the start, not " + first.offset() + " " + batch.bounds());
            }
        }
    }

    private static void emptied(Scope scope) throws Exception {
        String log = scope.defined(ONE_HOUR);
        append(scope, log, 10);
        scope.time().advance(Duration.ofHours(3));
        scope.applyRetention(log);
        scope.expectOffset(scope.log().bounds(log, 0).end(), 10, "the end of the emptied log");
        scope.expectOffset(scope.append(scope.writer(log), "k", "next"), 10, "the next offset");
        List<LogRecord> kept = scope.readFrom(log, 0);
        Expect.equal(Scope.value(kept.getLast()), "next", "the last record");
    }

    private static void ageSurvivesReopening(Scope scope) throws Exception {
        String log = scope.defined(ONE_HOUR);
        append(scope, log, 10);
        scope.reopen();
        scope.time().advance(Duration.ofHours(3));
        append(scope, log, 1);
        scope.applyRetention(log);
        LogBounds bounds = scope.log().bounds(log, 0);
        Expect.that(bounds.start() > 0, "records from before the reopening to go in time, but " + bounds);
        scope.reopen();
        Expect.that(scope.log().bounds(log, 0).start() >= bounds.start(), "a start that does not go back");
        scope.expectOffset(scope.append(scope.writer(log), "k", "next"), 11, "the next offset");
    }

    private static void append(Scope scope, String log, int count) throws Exception {
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < count; i++) {
            scope.append(writer, "k" + i, "v" + i);
        }
        writer.close();
    }
}
