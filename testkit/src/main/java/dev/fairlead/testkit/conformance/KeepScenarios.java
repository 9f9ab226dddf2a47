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
        Expect.equal(scope.log().bounds(log, 0), new LogBounds(0, 0, 100), "the bounds");
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
        scope.applyRetention(log);
        LogBounds bounds = scope.log().bounds(log, 0);
        Expect.that(bounds.start() > 0 && bounds.start() <= 10, "a start above 0 and up to 10, not " + bounds);
        List<LogRecord> kept = scope.readFrom(log, 0);
        Expect.equal(kept.getFirst().offset(), bounds.start(), "the first offset of a reader from 0");
        Expect.equal(kept.getLast().offset(), 14L, "the last offset");
        Expect.equal(kept.size(), (int) (15 - bounds.start()), "the number of records from the start on");
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
            if (scope.log().bounds(log, 0).start() > asked) {
                Expect.that(batch.bounds().start() > asked, "a batch whose bounds tell that records were overtaken");
                Expect.equal(
                        batch.records().getFirst().offset(),
                        batch.bounds().start(),
                        "the first record after retention");
            }
        }
    }

    private static void emptied(Scope scope) throws Exception {
        String log = scope.defined(ONE_HOUR);
        append(scope, log, 10);
        scope.time().advance(Duration.ofHours(3));
        scope.applyRetention(log);
        Expect.equal(scope.log().bounds(log, 0).end(), 10L, "the end of the emptied log");
        Expect.equal(scope.append(scope.writer(log), "k", "next"), 10L, "the next offset");
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
        Expect.equal(scope.append(scope.writer(log), "k", "next"), 11L, "the next offset");
    }

    private static void append(Scope scope, String log, int count) throws Exception {
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < count; i++) {
            scope.append(writer, "k" + i, "v" + i);
        }
        writer.close();
    }
}
