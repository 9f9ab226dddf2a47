package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.FoundRecords;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finding the newest values by declared fields. */
final class FindScenarios {
    static final String GROUP = "find";
    private static final String COUNTRY = "country";
    private static final String STATUS = "status";
    private static final int MANY = 10_000;
    private static final int BATCH = 500;

    private FindScenarios() {}

    static List<Scenario> all() {
        return List.of(
                finding("values are found by a field, as they were appended", FindScenarios::found),
                finding("of several fields all must fit", FindScenarios::severalFields),
                finding("a value without the field is not found by it", FindScenarios::missing),
                finding("texts are compared as they are", FindScenarios::exact),
                finding("long texts are compared to their end", FindScenarios::longTexts),
                finding("a changed value is found by its new text only", FindScenarios::changed),
                finding("a removed value is not found", FindScenarios::removed),
                finding("of a key that one append has twice, the last counts", FindScenarios::twice),
                finding("pages go on behind a key, in the order of keys", FindScenarios::pages),
                finding("ten thousand values are found, each once", FindScenarios::many),
                finding("logs are not mixed up", FindScenarios::logs),
                finding("what is acknowledged is found at once, and nothing that does not fit", FindScenarios::atOnce),
                finding("a field that nobody declared, and a search for nothing, are refused", FindScenarios::refused),
                Scenario.declaring(
                        GROUP,
                        EnumSet.of(Capability.FIND, Capability.LATEST_PER_KEY),
                        "values are found when superseded ones are gone",
                        FindScenarios::compacted));
    }

    private static Scenario finding(String name, Scenario.Body body) {
        return Scenario.declaring(GROUP, Capability.FIND, name, body);
    }

    private static void found(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of(), "what is found where nobody ever wrote");
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        scope.append(writer, "b", "country=CH\nname=Ada");
        scope.append(writer, "c", "country=DE");
        long offset = scope.append(writer, "a", "country=CH");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("a", "b"), "the keys, in their order");
        LogRecord first = scope.table()
                .find(log, Map.of(COUNTRY, "CH"), null, 1)
                .records()
                .getFirst();
        Expect.equal(first.offset(), offset, "the offset");
        Expect.bytes(first.key(), "a".getBytes(UTF_8), "the key");
        Expect.bytes(first.header(), new byte[] {7}, "the header");
        Expect.bytes(first.payload(), "country=CH".getBytes(UTF_8), "the payload");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "FR"), List.of(), "what is found by a text that no value has");
    }

    private static void severalFields(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY, STATUS, "city");
        scope.append(writer, "1", "country=CH\nstatus=open\ncity=Bern");
        scope.append(writer, "2", "country=CH\nstatus=shut\ncity=Bern");
        scope.append(writer, "3", "country=DE\nstatus=open\ncity=Bern");
        scope.append(writer, "4", "country=open\nstatus=CH");
        scope.append(writer, "5", "country=CH\nstatus=open\ncity=Biel");
        Map<String, String> two = Map.of(COUNTRY, "CH", STATUS, "open");
        Expect.equal(Finding.keys(scope, log, two), List.of("1", "5"), "the keys by two fields");
        Map<String, String> three = Map.of(COUNTRY, "CH", STATUS, "open", "city", "Biel");
        Expect.equal(Finding.keys(scope, log, three), List.of("5"), "the keys by three fields");
    }

    private static void missing(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY, STATUS);
        scope.append(writer, "none", "status=open");
        scope.append(writer, "empty", "country=\nstatus=open");
        scope.append(writer, "unreadable", "\0");
        Expect.equal(Finding.keys(scope, log, COUNTRY, ""), List.of("empty"), "the keys by an empty text");
        Expect.equal(Finding.keys(scope, log, STATUS, "open"), List.of("empty", "none"), "the keys by the other field");
        scope.append(writer, "empty", "status=open");
        Expect.equal(Finding.keys(scope, log, COUNTRY, ""), List.of(), "the keys when the field was taken away");
    }

    private static void exact(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        List<String> texts = List.of(
                "ch",
                "CH",
                "CH ",
                " CH",
                "C",
                "\u00fc",
                "u\u0308",
                "\u00dc",
                "ss",
                "\u00df",
                "\ud83d\ude00",
                "null",
                "0",
                "00",
                "C\0H",
                "%",
                "'",
                "\u65e5\u672c");
        for (int i = 0; i < texts.size(); i++) {
            scope.append(writer, "k" + i, "country=" + texts.get(i));
        }
        for (int i = 0; i < texts.size(); i++) {
            Expect.equal(Finding.keys(scope, log, COUNTRY, texts.get(i)), List.of("k" + i), "the key of text " + i);
        }
    }

    private static void longTexts(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        String text = "\u00fcx".repeat(10_000);
        scope.append(writer, "a", "country=" + text + "a");
        scope.append(writer, "b", "country=" + text + "b");
        scope.append(writer, "c", "country=" + text);
        Expect.equal(Finding.keys(scope, log, COUNTRY, text + "b"), List.of("b"), "the key of the long text");
        Expect.equal(Finding.keys(scope, log, COUNTRY, text), List.of("c"), "the key of its beginning");
        Expect.equal(Finding.keys(scope, log, COUNTRY, text + "c"), List.of(), "what another long text finds");
    }

    private static void changed(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY, STATUS);
        scope.append(writer, "a", "country=CH\nstatus=open");
        scope.append(writer, "b", "country=CH\nstatus=open");
        long offset = scope.append(writer, "a", "country=DE\nstatus=open");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("b"), "the keys by the old text");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "DE"), List.of("a"), "the keys by the new text");
        Expect.equal(Finding.keys(scope, log, STATUS, "open"), List.of("a", "b"), "the keys by what stayed");
        Expect.equal(
                scope.table()
                        .find(log, Map.of(STATUS, "open"), null, 1)
                        .records()
                        .getFirst()
                        .offset(),
                offset,
                "the offset of the newest");
        scope.append(writer, "a", "country=CH\nstatus=open");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("a", "b"), "the keys when it is as before");
    }

    private static void removed(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        scope.append(writer, "a", "country=CH");
        scope.append(writer, "b", "country=CH");
        scope.append(writer, "a", "");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("b"), "the keys that are left");
        scope.append(writer, "a", "country=CH");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("a", "b"), "the keys when it is there again");
    }

    private static void twice(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        scope.append(
                writer,
                List.of(
                        Scope.entry("a", "country=CH"),
                        Scope.entry("b", "country=CH"),
                        Scope.entry("a", "country=DE"),
                        Scope.entry("c", "country=CH"),
                        Scope.entry("c", "")));
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("b"), "the keys by a text of the middle");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "DE"), List.of("a"), "the keys by the last text");
    }

    private static void pages(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        List<String> keys = List.of("\u0001", "a", "a\0", "aa", "b", "z", "\u00ff", "\u65e5", "\ud83d\ude00");
        for (String key : keys.reversed()) {
            scope.append(writer, key, "country=CH");
        }
        for (int page = 1; page <= keys.size() + 1; page++) {
            List<String> found = Finding.records(scope, log, Map.of(COUNTRY, "CH"), page).stream()
                    .map(Scope::key)
                    .toList();
            Expect.equal(found, keys, "the keys in pages of " + page);
        }
        FoundRecords behind = scope.table().find(log, Map.of(COUNTRY, "CH"), "aab".getBytes(UTF_8), 1);
        Expect.equal(Scope.key(behind.records().getFirst()), "b", "the first key behind one that is not there");
    }

    private static void many(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY, STATUS);
        List<String> expected = new ArrayList<>();
        for (int from = 0; from < MANY; from += BATCH) {
            List<LogEntry> entries = new ArrayList<>();
            for (int i = from; i < from + BATCH; i++) {
                String key = String.format(Locale.ROOT, "%05d", i * 7919L % MANY);
                entries.add(Scope.entry(key, "country=" + i % 3 + "\nstatus=open"));
                if (i % 3 == 1) {
                    expected.add(key);
                }
            }
            scope.append(writer, entries);
        }
        expected.sort(null);
        List<LogRecord> found = Finding.records(scope, log, Map.of(COUNTRY, "1", STATUS, "open"), 300);
        Expect.equal(found.stream().map(Scope::key).toList(), expected, "the keys");
    }

    private static void logs(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        String other = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        LogWriter beside = Finding.writer(scope, other, COUNTRY);
        scope.append(writer, "a", "country=CH");
        scope.append(beside, "a", "country=DE");
        scope.append(beside, "b", "country=CH");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "CH"), List.of("a"), "the keys of one log");
        Expect.equal(Finding.keys(scope, other, COUNTRY, "CH"), List.of("b"), "the keys of the other");
    }

    private static void atOnce(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        AtomicBoolean done = new AtomicBoolean();
        Task looking = scope.start(() -> {
            while (!done.get()) {
                for (LogRecord found : Finding.records(scope, log, Map.of(COUNTRY, "1"), 50)) {
                    Expect.equal(Scope.value(found), "country=1", "the value of what is found");
                }
            }
        });
        scope.together(3, number -> {
            for (int i = 0; i < 60; i++) {
                String key = "k" + number + "-" + i % 5;
                scope.append(writer, key, "country=" + i % 2);
                Expect.that(
                        Finding.keys(scope, log, COUNTRY, "" + i % 2).contains(key),
                        "the value of " + key + " to be found at once");
            }
        });
        done.set(true);
        looking.join();
    }

    private static void refused(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        scope.append(writer, "a", "country=CH\nstatus=open");
        Map<String, String> both = Map.of(COUNTRY, "CH", STATUS, "open");
        Expect.fails(ErrorCode.PLAN, log, () -> scope.table().find(log, both, null, 1));
        Expect.fails(ErrorCode.BAD_VALUE, log, () -> scope.table().find(log, Map.of(), null, 1));
        Expect.fails(ErrorCode.BAD_VALUE, log, () -> scope.table().find(log, Map.of(COUNTRY, "CH"), null, 0));
    }

    private static void compacted(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = Finding.writer(scope, log, COUNTRY);
        for (int i = 0; i < 50; i++) {
            scope.append(writer, "k" + i % 5, "country=" + i % 2);
        }
        scope.applyRetention(log);
        Expect.equal(Finding.keys(scope, log, COUNTRY, "0"), List.of("k1", "k3"), "the keys by one text");
        Expect.equal(Finding.keys(scope, log, COUNTRY, "1"), List.of("k0", "k2", "k4"), "the keys by the other");
    }
}
