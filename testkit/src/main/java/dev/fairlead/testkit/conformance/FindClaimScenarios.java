package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Table;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which fields values are found by, as one claim of a log follows another, and as keys are erased. */
final class FindClaimScenarios {
    private static final String COUNTRY = "country";
    private static final String STATUS = "status";
    private static final int EARLIER = 1200;
    private static final int BATCH = 100;

    private FindClaimScenarios() {}

    static List<Scenario> all() {
        return List.of(
                finding(Set.of(), "a field finds values of before it was declared", FindClaimScenarios::filledIn),
                finding(Set.of(), "a field is found by as long as the newest claim has it", FindClaimScenarios::letGo),
                finding(
                        Set.of(),
                        "what changed while a field was not declared is found as it is now",
                        FindClaimScenarios::declaredAgain),
                finding(Set.of(), "fields that stay are found by as before", FindClaimScenarios::stay),
                finding(Set.of(), "another instance finds as well", FindClaimScenarios::beside),
                finding(
                        Set.of(Capability.FENCING),
                        "a fenced writer's append changes nothing that is found",
                        FindClaimScenarios::fenced),
                finding(
                        Set.of(Capability.FENCING),
                        "two owners that claim in turn leave nothing wrong",
                        FindClaimScenarios::inTurn),
                finding(
                        Set.of(Capability.SURVIVES_KILL),
                        "values are found when opened again",
                        FindClaimScenarios::reopened),
                finding(
                        Set.of(Capability.ERASE, Capability.REPLAY),
                        "what is erased is not found, and not by a field declared later",
                        FindClaimScenarios::erased));
    }

    private static Scenario finding(Set<Capability> beside, String name, Scenario.Body body) {
        EnumSet<Capability> declared = EnumSet.of(Capability.FIND);
        declared.addAll(beside);
        return Scenario.declaring(FindScenarios.GROUP, declared, name, body);
    }

    private static void filledIn(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        try (LogWriter earlier = scope.writer(log)) {
            for (int from = 0; from < EARLIER; from += BATCH) {
                List<LogEntry> entries = new ArrayList<>();
                for (int i = from; i < from + BATCH; i++) {
                    entries.add(Scope.entry("k" + i % 400, "country=" + i % 3 + "\nround=" + i / 400));
                }
                scope.append(earlier, entries);
            }
            scope.append(earlier, "k1", "");
            scope.append(earlier, "big", "country=big\n" + "x".repeat(500_000));
        }
        LogWriter writer = Finding.writer(scope, log, COUNTRY, "round");
        Expect.equal(Finding.keys(scope, log, "round", "1"), List.of(), "what is superseded");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "big"), List.of("big"), "the key of a large value");
        // The last 400 rounds begin at 800, so key i has the country (800 + i) % 3.
        List<String> expected = new ArrayList<>();
        for (int key = 0; key < 400; key++) {
            if (key != 1 && (800 + key) % 3 == 0) {
                expected.add("k" + key);
            }
        }
        expected.sort(null);
        Expect.equal(Finding.keys(scope, log, COUNTRY, "0"), expected, "the keys of before");
        scope.append(writer, expected.getFirst(), "country=9");
        Expect.equal(
                Finding.keys(scope, log, COUNTRY, "0"),
                expected.subList(1, expected.size()),
                "the keys after a change");
    }

    private static void letGo(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        try (LogWriter writer = Finding.writer(scope, log, COUNTRY, STATUS)) {
            scope.append(writer, "a", "country=CH\nstatus=open");
        }
        Table table = scope.table();
        try (LogWriter one = Finding.writer(scope, log, STATUS)) {
            Expect.fails(ErrorCode.PLAN, log, () -> table.find(log, Map.of(COUNTRY, "CH"), null, 1));
            Expect.equal(Finding.keys(scope, log, STATUS, "open"), List.of("a"), "the keys by the field that stays");
            scope.append(one, "b", "country=CH\nstatus=open");
        }
        scope.writer(log).close();
        Expect.fails(ErrorCode.PLAN, log, () -> table.find(log, Map.of(STATUS, "open"), null, 1));
    }

    private static void declaredAgain(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        try (LogWriter writer = Finding.writer(scope, log, COUNTRY)) {
            scope.append(writer, "a", "country=CH");
            scope.append(writer, "b", "country=CH");
            scope.append(writer, "c", "country=CH");
        }
        try (LogWriter plain = scope.writer(log)) {
            scope.append(plain, "a", "country=DE");
            scope.append(plain, "b", "");
            scope.append(plain, "d", "country=CH");
        }
        Finding.writer(scope, log, COUNTRY).close();
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("c", "d"), "the keys by what most have");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "DE"), List.of("a"), "the keys by what changed");
    }

    private static void stay(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        try (LogWriter writer = Finding.writer(scope, log, COUNTRY)) {
            scope.append(writer, "a", "country=CH\nstatus=open");
        }
        LogWriter next = Finding.writer(scope, log, COUNTRY, STATUS);
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("a"), "the keys by the field that stays");
        scope.append(next, "b", "country=CH\nstatus=open");
        scope.append(next, "a", "country=DE\nstatus=open");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("b"), "the keys after a change");
        Expect.equal(Finding.keys(scope, log, STATUS, "open"), List.of("a", "b"), "the keys by the new field");
    }

    private static void beside(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        scope.append(writer, "a", "country=CH");
        if (scope.other() instanceof Table table) {
            List<String> found = table.find(log, Map.of(COUNTRY, "CH"), null, 5).records().stream()
                    .map(Scope::key)
                    .toList();
            Expect.equal(found, List.of("a"), "the keys that another instance finds");
        }
    }

    private static void fenced(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter fenced = Finding.writer(scope, log, COUNTRY);
        scope.append(fenced, "a", "country=CH");
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        Expect.fails(ErrorCode.FENCED, log, () -> scope.append(fenced, "a", "country=DE"));
        Expect.fails(ErrorCode.FENCED, log, () -> scope.append(fenced, "b", "country=CH"));
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("a"), "the keys after the fenced appends");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "DE"), List.of(), "what the fenced appends had");
        scope.append(writer, "b", "country=CH");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("a", "b"), "the keys of the new writer");
    }

    private static void inTurn(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        List<String> expected = new ArrayList<>();
        for (int turn = 0; turn < 12; turn++) {
            LogWriter writer = switch (turn % 4) {
                case 0 -> Finding.writer(scope, log, COUNTRY);
                case 1 -> Finding.writer(scope, log, COUNTRY, STATUS);
                case 2 -> scope.writer(log);
                default -> Finding.writer(scope, log, STATUS);
            };
            String key = "k" + (10 + turn);
            scope.append(writer, key, "country=CH\nstatus=open");
            expected.add(key);
            if (turn > 2) {
                scope.append(writer, expected.removeFirst(), "country=DE\nstatus=shut");
            }
            if (turn % 4 < 2) {
                Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), expected, "the keys by country in turn " + turn);
            }
            if (turn % 2 == 1) {
                Expect.equal(Finding.keys(scope, log, STATUS, "open"), expected, "the keys by status in turn " + turn);
            }
        }
    }

    private static void reopened(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        scope.append(writer, "a", "country=CH");
        scope.append(writer, "b", "country=DE");
        scope.reopen();
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("a"), "the keys before the next claim");
        scope.append(Finding.writer(scope, log, COUNTRY), "b", "country=CH");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("a", "b"), "the keys after it");
    }

    private static void erased(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        try (LogWriter writer = Finding.writer(scope, log, COUNTRY)) {
            scope.append(writer, "a", "country=CH\nstatus=open");
            scope.append(writer, "b", "country=CH\nstatus=open");
            long below = scope.append(writer, "a", "");
            writer.erase(0, "a".getBytes(UTF_8), below);
            Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("b"), "the keys after the erasure");
        }
        Finding.writer(scope, log, COUNTRY, STATUS).close();
        Expect.equal(Finding.keys(scope, log, STATUS, "open"), List.of("b"), "the keys by a field declared later");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("b"), "the keys by the field that stays");
    }
}
