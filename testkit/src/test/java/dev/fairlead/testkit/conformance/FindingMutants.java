package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.FoundRecords;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.SearchedFields;
import dev.fairlead.testkit.conformance.ReferenceStore.LogData;
import dev.fairlead.testkit.conformance.ReferenceStore.Stored;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Mechanisms that find too much, too little, or in the wrong order. */
final class FindingMutants {
    private static final String GROUP = "find";
    private static final int BEGINNING = 200;

    private FindingMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                        GROUP,
                        "finds by any of several fields",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected boolean fits(Map<String, String> found, Map<String, String> wanted) {
                                return wanted.entrySet().stream()
                                        .anyMatch(each -> found.entrySet().contains(each));
                            }
                        }),
                Mutant.of(
                        GROUP,
                        "compares long texts by their beginning",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected boolean fits(Map<String, String> found, Map<String, String> wanted) {
                                return wanted.entrySet().stream()
                                        .allMatch(each -> found.containsKey(each.getKey())
                                                && beginning(found.get(each.getKey()))
                                                        .equals(beginning(each.getValue())));
                            }
                        }),
                Mutant.of(
                        GROUP,
                        "takes upper and lower case for the same",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected boolean fits(Map<String, String> found, Map<String, String> wanted) {
                                return wanted.entrySet().stream()
                                        .allMatch(each -> each.getValue()
                                                .equalsIgnoreCase(found.getOrDefault(each.getKey(), "\n")));
                            }
                        }),
                Mutant.of(
                        GROUP,
                        "takes a missing field for an empty text",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected boolean fits(Map<String, String> found, Map<String, String> wanted) {
                                return wanted.entrySet().stream()
                                        .allMatch(
                                                each -> each.getValue().equals(found.getOrDefault(each.getKey(), "")));
                            }
                        }),
                Mutant.of(
                        GROUP,
                        "finds superseded values",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected List<LogRecord> found(LogData data, Map<String, String> texts) {
                                return data.records.stream()
                                        .map(Stored::record)
                                        .filter(record -> fits(data.searched.texts(record.payload()), texts))
                                        .sorted((one, other) -> Arrays.compareUnsigned(one.key(), other.key()))
                                        .toList();
                            }
                        }),
                Mutant.of(
                        GROUP,
                        "finds in the order of appends",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected List<LogRecord> found(LogData data, Map<String, String> texts) {
                                return super.found(data, texts).stream()
                                        .sorted((one, other) -> Long.compare(one.offset(), other.offset()))
                                        .toList();
                            }
                        }),
                Mutant.of(
                        GROUP,
                        "loses the last of a page",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected FoundRecords pageOf(List<LogRecord> found, int most) {
                                FoundRecords page = super.pageOf(found, most);
                                List<LogRecord> records = page.records();
                                return page.next() == null
                                        ? page
                                        : new FoundRecords(records.subList(0, records.size() - 1), page.next());
                            }
                        }),
                Mutant.of(
                        GROUP,
                        "ends after the first page",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected FoundRecords pageOf(List<LogRecord> found, int most) {
                                return new FoundRecords(
                                        super.pageOf(found, most).records(), null);
                            }
                        }),
                Mutant.of(
                        GROUP,
                        "keeps the fields of an earlier claim",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            public LogWriter claim(String log, String owner) {
                                SearchedFields before = data(log).searched;
                                LogWriter writer = super.claim(log, owner);
                                data(log).searched = before;
                                return writer;
                            }
                        }),
                Mutant.of(GROUP, "trims texts", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected boolean fits(Map<String, String> found, Map<String, String> wanted) {
                        return wanted.entrySet().stream()
                                .allMatch(each -> each.getValue()
                                        .strip()
                                        .toUpperCase(Locale.ROOT)
                                        .equals(found.getOrDefault(each.getKey(), "\n")
                                                .strip()
                                                .toUpperCase(Locale.ROOT)));
                    }
                }));
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(BEGINNING, text.length()));
    }
}
