package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import java.util.ArrayList;
import java.util.List;

/** What records may hold. */
final class LimitScenarios {
    private static final String GROUP = "limits";

    private LimitScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.always(
                        GROUP,
                        "entries beyond the limits are refused and the writer goes on",
                        LimitScenarios::beyondTheLimits),
                Scenario.always(GROUP, "entries at the limits are taken as they are", LimitScenarios::atTheLimits),
                Scenario.always(GROUP, "an empty payload is a record", LimitScenarios::emptyPayload),
                Scenario.always(
                        GROUP, "every byte value survives in key, header and payload", LimitScenarios::everyByte),
                Scenario.always(GROUP, "records of random sizes survive byte for byte", LimitScenarios::randomRecords));
    }

    private static void beyondTheLimits(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        byte[] one = {1};
        for (LogEntry bad : List.of(
                new LogEntry(new byte[0], one, one),
                new LogEntry(new byte[LogEntry.MAX_KEY + 1], one, one),
                new LogEntry(one, new byte[LogEntry.MAX_HEADER + 1], one),
                new LogEntry(one, one, new byte[LogEntry.MAX_PAYLOAD + 1]))) {
            Expect.fails(ErrorCode.BAD_VALUE, () -> scope.append(writer, List.of(bad)));
        }
        scope.expectOffset(scope.append(writer, "k", "good"), 0, "the offset after the refusals");
        Expect.equal(Scope.values(scope.readAll(log)), List.of("good"), "the records");
    }

    private static void atTheLimits(Scope scope) throws Exception {
        byte[] key = new byte[LogEntry.MAX_KEY];
        byte[] header = new byte[LogEntry.MAX_HEADER];
        byte[] payload = new byte[LogEntry.MAX_PAYLOAD];
        scope.random().nextBytes(key);
        scope.random().nextBytes(header);
        scope.random().nextBytes(payload);
        comesBack(scope, new LogEntry(key, header, payload));
    }

    private static void emptyPayload(Scope scope) throws Exception {
        comesBack(scope, new LogEntry(new byte[] {1}, new byte[] {2}, new byte[0]));
        comesBack(scope, new LogEntry(new byte[] {1}, new byte[0], new byte[0]));
    }

    private static void everyByte(Scope scope) throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        comesBack(scope, new LogEntry(all, all, all));
        List<LogEntry> single = new ArrayList<>();
        for (byte value : all) {
            single.add(new LogEntry(new byte[] {value}, new byte[] {value}, new byte[] {value}));
        }
        comeBack(scope, single);
    }

    private static void randomRecords(Scope scope) throws Exception {
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            byte[] key = new byte[1 + scope.random().nextInt(60)];
            byte[] header = new byte[scope.random().nextInt(200)];
            byte[] payload = new byte[scope.random().nextInt(9000)];
            scope.random().nextBytes(key);
            scope.random().nextBytes(header);
            scope.random().nextBytes(payload);
            entries.add(new LogEntry(key, header, payload));
        }
        comeBack(scope, entries);
    }

    private static void comesBack(Scope scope, LogEntry entry) throws Exception {
        comeBack(scope, List.of(entry));
    }

    private static void comeBack(Scope scope, List<LogEntry> entries) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        for (LogEntry entry : entries) {
            scope.append(writer, List.of(entry));
        }
        List<LogRecord> records = scope.readAll(log);
        Expect.equal(records.size(), entries.size(), "the number of records");
        for (int i = 0; i < records.size(); i++) {
            Expect.bytes(records.get(i).key(), entries.get(i).key(), "key " + i);
            Expect.bytes(records.get(i).header(), entries.get(i).header(), "header " + i);
            Expect.bytes(records.get(i).payload(), entries.get(i).payload(), "payload " + i);
        }
    }
}
