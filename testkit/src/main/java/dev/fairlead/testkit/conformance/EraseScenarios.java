package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Taking the content of a key's records out of a log for good. */
final class EraseScenarios {
    private static final String GROUP = "erase";
    private static final int RECORDS = 300;
    private static final int KEYS = 5;
    private static final Duration SHORT = Duration.ofMillis(100);

    private EraseScenarios() {}

    static List<Scenario> all() {
        return List.of(
                erasing("the content goes, the places and all other records stay", EraseScenarios::contentGoes),
                erasing("a reader that is open does not see it any more", EraseScenarios::openReader),
                erasing("erasing again, or nothing, changes nothing", EraseScenarios::again),
                erasing("a record of the key must stand behind what is erased", EraseScenarios::needsItsRecord),
                erasing("appends and readers go on meanwhile", EraseScenarios::meanwhile),
                erasing(Capability.FENCING, "a fenced writer cannot erase", EraseScenarios::fenced),
                erasing(Capability.SURVIVES_KILL, "it stays so when opened again", EraseScenarios::reopened),
                erasing(Capability.LOOKUP, "a lookup finds the record behind it", EraseScenarios::lookup),
                erasing(Capability.LATEST_PER_KEY, "compaction goes over it", EraseScenarios::compaction));
    }

    private static Scenario erasing(String name, Scenario.Body body) {
        return erasing(Capability.REPLAY, name, body);
    }

    private static Scenario erasing(Capability beside, String name, Scenario.Body body) {
        return Scenario.declaring(GROUP, EnumSet.of(Capability.ERASE, Capability.REPLAY, beside), name, body);
    }

    private static void contentGoes(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = filled(scope, log);
        long below = scope.append(writer, "k1", "");
        scope.append(writer, "k1", "later");
        Expect.equal(erase(writer, "k1", below), (long) RECORDS / KEYS, "how many records had content");
        expectErased(scope.readFrom(log, 0), below);
        Expect.equal(Scope.value(scope.readFrom(log, below + 1).getFirst()), "later", "what came after it");
        scope.expectOffset(scope.append(writer, "k2", "v"), below + 2, "the next offset");
    }

    private static void openReader(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = filled(scope, log);
        long below = scope.append(writer, "k1", "");
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            List<LogRecord> records =
                    new ArrayList<>(reader.poll(1, scope.patience()).records());
            erase(writer, "k1", below);
            while (reader.next() <= below) {
                records.addAll(reader.poll(7, scope.patience()).records());
            }
            expectErased(records, below);
        }
    }

    private static void again(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = filled(scope, log);
        long below = scope.append(writer, "k1", "");
        erase(writer, "k1", below);
        Expect.equal(erase(writer, "k1", below), 0L, "how many records had content at the second time");
        long first = scope.append(writer, "unknown", "");
        Expect.equal(erase(writer, "unknown", first), 0L, "how many records a key without a record had");
        expectErased(scope.readFrom(log, 0), below);
    }

    private static void needsItsRecord(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = filled(scope, log);
        long below = scope.append(writer, "k2", "");
        Expect.fails(ErrorCode.BAD_VALUE, log, () -> erase(writer, "k1", below));
        Expect.fails(ErrorCode.BAD_VALUE, log, () -> erase(writer, "k1", below + 1));
        Expect.equal(scope.readFrom(log, 0).stream().filter(LogRecord::isErased).count(), 0L, "what was erased");
    }

    private static void meanwhile(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = filled(scope, log);
        long below = scope.append(writer, "k1", "");
        Task appending = scope.start(() -> {
            for (int i = 0; i < RECORDS; i++) {
                scope.append(writer, "k1", "later " + i);
            }
        });
        Task reading = scope.start(() -> {
            try (LogReader reader = scope.log().read(log, 0, 0)) {
                long expected = 0;
                while (!appending.isDone()
                        || reader.next() < scope.log().bounds(log, 0).end()) {
                    for (LogRecord record : reader.poll(11, SHORT).records()) {
                        Expect.equal(record.emptyFrom(), expected, "from where on nothing stands before a record");
                        expected = record.offset() + 1;
                    }
                }
            }
        });
        erase(writer, "k1", below);
        appending.join();
        reading.join();
        List<LogRecord> records = scope.readFrom(log, 0);
        expectErased(records, below);
        Expect.equal(records.stream().filter(LogRecord::isErased).count(), (long) RECORDS / KEYS, "what was erased");
    }

    private static void fenced(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = filled(scope, log);
        long below = scope.append(writer, "k1", "");
        LogWriter later = scope.writer(log);
        Expect.fails(ErrorCode.FENCED, log, () -> erase(writer, "k1", below));
        Expect.equal(scope.readFrom(log, 0).stream().filter(LogRecord::isErased).count(), 0L, "what was erased");
        Expect.equal(erase(later, "k1", below), (long) RECORDS / KEYS, "what the new writer erases");
    }

    private static void reopened(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = filled(scope, log);
        long below = scope.append(writer, "k1", "");
        erase(writer, "k1", below);
        scope.reopen();
        expectErased(scope.readFrom(log, 0), below);
    }

    private static void lookup(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = filled(scope, log);
        long below = scope.append(writer, "k1", "");
        erase(writer, "k1", below);
        LogRecord found = scope.table().latest(log, "k1".getBytes(UTF_8)).orElseThrow();
        Expect.equal(found.offset(), below, "the offset of the newest");
        Expect.equal(
                Scope.value(scope.table().latest(log, "k2".getBytes(UTF_8)).orElseThrow()),
                "secret of k2 at " + (RECORDS - KEYS + 2),
                "the newest of another key");
    }

    private static void compaction(Scope scope) throws Exception {
        String log = scope.defined(new Retention.LatestPerKey());
        LogWriter writer = filled(scope, log);
        long below = scope.append(writer, "k1", "");
        erase(writer, "k1", below);
        scope.applyRetention(log);
        List<LogRecord> kept = scope.readFrom(log, 0);
        expectErased(kept, below);
        Set<String> keys = new HashSet<>();
        kept.stream().filter(record -> !record.isErased()).map(Scope::key).forEach(keys::add);
        Expect.equal(keys, Set.of("k0", "k1", "k2", "k3", "k4"), "the keys that are left");
    }

    private static LogWriter filled(Scope scope, String log) throws Exception {
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < RECORDS; i++) {
            scope.append(writer, "k" + i % KEYS, "secret of k" + i % KEYS + " at " + i);
        }
        return writer;
    }

    private static long erase(LogWriter writer, String key, long below) {
        return writer.erase(0, key.getBytes(UTF_8), below);
    }

    /** What is left of k1 below the offset has no content, and everything else is as it was appended. */
    private static void expectErased(List<LogRecord> records, long below) {
        for (LogRecord record : records) {
            if (record.offset() < RECORDS && record.offset() % KEYS == 1) {
                Expect.that(
                        record.isErased() && record.header().length == 0 && record.payload().length == 0,
                        "no content at offset " + record.offset() + ", but there is " + Scope.value(record));
            } else if (record.offset() < RECORDS) {
                String key = "k" + record.offset() % KEYS;
                Expect.equal(
                        Scope.key(record) + ": " + Scope.value(record),
                        key + ": secret of " + key + " at " + record.offset(),
                        "what stands at offset " + record.offset());
            } else if (record.offset() == below) {
                Expect.equal(Scope.key(record), "k1", "the key of the record behind what was erased");
            }
        }
    }
}
