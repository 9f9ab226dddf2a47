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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Logs that keep the latest record of each key. */
final class LatestPerKeyScenarios {
    private static final String GROUP = "latest per key";
    private static final int KEYS = 40;
    private static final Set<Capability> NEEDED = EnumSet.of(Capability.LATEST_PER_KEY, Capability.REPLAY);
    private static final Duration LONG = Duration.ofDays(60);
    private static final Duration SHORT = Duration.ofMillis(100);

    private LatestPerKeyScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.declaring(
                        GROUP,
                        NEEDED,
                        "superseded records go, each key's newest stays",
                        LatestPerKeyScenarios::newestStays),
                Scenario.declaring(
                        GROUP, NEEDED, "removals stay as each key's newest", LatestPerKeyScenarios::removalsStay),
                Scenario.declaring(
                        GROUP,
                        NEEDED,
                        "nothing is missing from compactedBelow on, and offsets stay",
                        LatestPerKeyScenarios::nothingMissing),
                Scenario.declaring(
                        GROUP,
                        NEEDED,
                        "a reader in the middle of a compaction sees every key's newest",
                        LatestPerKeyScenarios::readerInTheMiddle),
                Scenario.declaring(
                        GROUP,
                        NEEDED,
                        "a record that is lost on its way is told from a superseded one",
                        LatestPerKeyScenarios::lossIsTold),
                Scenario.declaring(
                        GROUP,
                        EnumSet.of(Capability.LATEST_PER_KEY, Capability.REPLAY, Capability.SURVIVES_KILL),
                        "what was kept survives a reopening, and offsets go on",
                        LatestPerKeyScenarios::survivesReopening));
    }

    private static void newestStays(Scope scope) throws Exception {
        String log = scope.defined(new Retention.LatestPerKey());
        Map<String, String> newest = fill(scope, log, 600);
        compact(scope, log);
        List<LogRecord> kept = scope.readFrom(log, 0);
        Expect.that(kept.size() < 600, "some of 600 records of " + KEYS + " keys to be dropped, but all were there");
        Expect.equal(fold(kept), newest, "the newest of each key");
    }

    private static void removalsStay(Scope scope) throws Exception {
        String log = scope.defined(new Retention.LatestPerKey());
        Map<String, String> newest = fill(scope, log, 300);
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < KEYS; i += 3) {
            scope.append(writer, "k" + i, "");
            newest.put("k" + i, "");
        }
        compact(scope, log);
        Expect.equal(fold(scope.readFrom(log, 0)), newest, "the newest of each key, removals included");
    }

    private static void nothingMissing(Scope scope) throws Exception {
        String log = scope.defined(new Retention.LatestPerKey());
        fill(scope, log, 300);
        List<LogRecord> before = scope.readFrom(log, 0);
        compact(scope, log);
        LogBounds bounds = scope.log().bounds(log, 0);
        scope.expectOffset(bounds.end(), 300, "the end after a compaction");
        Expect.that(
                bounds.start() <= bounds.compactedBelow() && bounds.compactedBelow() <= bounds.end(),
                "ordered bounds: " + bounds);
        Map<Long, String> kept = new HashMap<>();
        scope.readFrom(log, 0).forEach(record -> kept.put(record.offset(), Scope.value(record)));
        for (LogRecord record : before) {
            String value = kept.get(record.offset());
            boolean mayBeGone = record.offset() < bounds.compactedBelow();
            Expect.that(
                    Scope.value(record).equals(value) || value == null && mayBeGone,
                    "offset " + record.offset() + " to hold " + Scope.value(record) + ", but it holds " + value + " "
                            + bounds);
        }
    }

    private static void readerInTheMiddle(Scope scope) throws Exception {
        String log = scope.defined(new Retention.LatestPerKey());
        Map<String, String> newest = fill(scope, log, 600);
        Map<String, String> copy = new TreeMap<>();
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            Task writing = scope.start(() -> {
                newest.putAll(fill(scope, log, 600));
                compact(scope, log);
            });
            long last = -1;
            while (!writing.isDone()
                    || reader.next() < scope.log().bounds(log, 0).end()) {
                List<LogRecord> records = reader.poll(20, SHORT).records();
                for (LogRecord record : records) {
                    Expect.that(record.offset() > last, "offsets that grow: " + last + ", " + record.offset());
                    last = record.offset();
                    copy.put(Scope.key(record), Scope.value(record));
                }
                if (last < 600) {
                    compact(scope, log);
                }
            }
            writing.join();
        }
        Expect.equal(copy, newest, "what a reader through a compaction has of each key");
    }

    /** Whoever has the first of three records and gets the third must see that the second is missing. */
    private static void lossIsTold(Scope scope) throws Exception {
        String log = scope.defined(new Retention.LatestPerKey());
        fill(scope, log, 300);
        compact(scope, log);
        long end = scope.log().bounds(log, 0).end();
        try (LogReader reader = scope.log().read(log, 0, end)) {
            scope.append(
                    scope.writer(log),
                    List.of(Scope.entry("k1", "first"), Scope.entry("k2", "second"), Scope.entry("k3", "third")));
            long behindTheFirst = -1;
            for (int seen = 0; seen < 3; ) {
                LogBatch batch = reader.poll(1, scope.patience());
                for (LogRecord record : batch.records()) {
                    seen++;
                    if (seen == 1) {
                        behindTheFirst = record.offset() + 1;
                    } else if (seen == 3) {
                        long known = Math.max(behindTheFirst, batch.bounds().compactedBelow());
                        Expect.that(
                                known < record.emptyFrom(),
                                "the second of three records to be missed, but all below " + record.emptyFrom()
                                        + " may be superseded: " + batch.bounds());
                    }
                }
            }
        }
    }

    private static void survivesReopening(Scope scope) throws Exception {
        String log = scope.defined(new Retention.LatestPerKey());
        Map<String, String> newest = fill(scope, log, 300);
        compact(scope, log);
        LogBounds before = scope.log().bounds(log, 0);
        scope.reopen();
        LogBounds after = scope.log().bounds(log, 0);
        Expect.that(after.compactedBelow() >= before.compactedBelow(), "what is known to be missing to stay known");
        Expect.equal(fold(scope.readFrom(log, 0)), newest, "the newest of each key");
        scope.expectOffset(scope.append(scope.writer(log), "k", "v"), 300, "the next offset");
    }

    private static Map<String, String> fill(Scope scope, String log, int count) throws Exception {
        Map<String, String> newest = new TreeMap<>();
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < count; i++) {
            String key = "k" + (i < KEYS ? i : scope.random().nextInt(KEYS));
            String value = "v" + i;
            scope.append(writer, key, value);
            newest.put(key, value);
        }
        writer.close();
        return newest;
    }

    private static void compact(Scope scope, String log) {
        scope.time().advance(LONG);
        scope.applyRetention(log);
    }

    private static Map<String, String> fold(List<LogRecord> records) {
        Map<String, String> fold = new TreeMap<>();
        records.forEach(record -> fold.put(Scope.key(record), Scope.value(record)));
        return fold;
    }
}
