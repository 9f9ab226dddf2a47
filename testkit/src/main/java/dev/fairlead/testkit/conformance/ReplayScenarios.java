package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import java.util.ArrayList;
import java.util.List;

/** Reading again. */
final class ReplayScenarios {
    private static final String GROUP = "replay";
    private static final int RECORDS = 120;

    private ReplayScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.declaring(
                        GROUP, Capability.REPLAY, "a reader begins at every position", ReplayScenarios::everyPosition),
                Scenario.declaring(
                        GROUP,
                        Capability.REPLAY,
                        "a reader that seeks back gets the same bytes",
                        ReplayScenarios::sameBytes),
                Scenario.declaring(
                        GROUP, Capability.REPLAY, "a reader seeks forward and back at will", ReplayScenarios::seeks),
                Scenario.declaring(
                        GROUP,
                        Capability.REPLAY,
                        "replays run while records are appended",
                        ReplayScenarios::replayWhileAppending));
    }

    private static void everyPosition(Scope scope) throws Exception {
        String log = filled(scope);
        List<Long> offsets = Scope.offsets(scope.readAll(log));
        for (int i = 0; i < RECORDS; i++) {
            long from = offsets.get(i);
            try (LogReader reader = scope.log().read(log, 0, from)) {
                Expect.equal(reader.next(), from, "next of a new reader");
                LogRecord first = reader.poll(1, scope.patience()).records().getFirst();
                Expect.equal(first.offset(), from, "the first offset of a reader from " + from);
                Expect.equal(Scope.value(first), "v" + i, "the first record of a reader from " + from);
            }
        }
        Expect.equal(scope.readFrom(log, offsets.getLast() + 1), List.of(), "what stands at the end");
    }

    private static void sameBytes(Scope scope) throws Exception {
        String log = filled(scope);
        long end = scope.log().bounds(log, 0).end();
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            List<LogRecord> once = new ArrayList<>(new Witness(reader, new ArrayList<>()).upTo(end, scope.patience()));
            reader.seek(0);
            List<LogRecord> twice = new ArrayList<>(new Witness(reader, new ArrayList<>()).upTo(end, scope.patience()));
            Expect.equal(Scope.offsets(twice), Scope.offsets(once), "the offsets of the replay");
            for (int i = 0; i < RECORDS; i++) {
                Expect.bytes(twice.get(i).key(), once.get(i).key(), "key " + i);
                Expect.bytes(twice.get(i).header(), once.get(i).header(), "header " + i);
                Expect.bytes(twice.get(i).payload(), once.get(i).payload(), "payload " + i);
            }
        }
    }

    private static void seeks(Scope scope) throws Exception {
        String log = filled(scope);
        List<Long> offsets = Scope.offsets(scope.readAll(log));
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            for (int i = 0; i < 200; i++) {
                int number = scope.random().nextInt(RECORDS);
                long offset = offsets.get(number);
                reader.seek(offset);
                Expect.equal(reader.next(), offset, "next after a seek");
                LogRecord record = reader.poll(1, scope.patience()).records().getFirst();
                Expect.equal(record.offset(), offset, "the offset after a seek");
                Expect.equal(Scope.value(record), "v" + number, "the record after a seek");
            }
        }
    }

    private static void replayWhileAppending(Scope scope) throws Exception {
        String log = filled(scope);
        LogWriter writer = scope.writer(log);
        Task appending = scope.start(() -> {
            for (int i = RECORDS; i < 5 * RECORDS; i++) {
                scope.append(writer, "k" + i % 10, "v" + i);
            }
        });
        for (int round = 0; round < 10; round++) {
            List<LogRecord> records = scope.readFrom(log, 0);
            for (int i = 0; i < records.size(); i++) {
                Expect.equal(Scope.value(records.get(i)), "v" + i, "record " + i + " of replay " + round);
            }
        }
        appending.join();
    }

    private static String filled(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < RECORDS; i++) {
            scope.append(writer, "k" + i % 10, "v" + i);
        }
        writer.close();
        return log;
    }
}
