package dev.fairlead.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.FoundRecords;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.SearchedFields;
import dev.fairlead.spi.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What it costs to keep values to be found by two fields, and to find some: one thread on 100,000 values, of which each text has 100. */
record FindMeasurement(Run run, ServerPlace place, int count) {
    private static final String KEY_ONLY = "fairlead, by key only";
    private static final String BY_FIELDS = "fairlead, by two fields";
    private static final String COUNTRY = "country";
    private static final String STATUS = "status";
    private static final int COUNTRIES = 1000;
    private static final int FOUND_AT_ONCE = 100;
    private static final int BATCH = AppendMeasurement.BATCH;
    private static final int PAYLOAD = Records.SIZE - 33 - 8;
    private static final byte[] HEADER = new byte[33];

    private static final SearchedFields FIELDS = new SearchedFields(Set.of(COUNTRY, STATUS), payload -> {
        String[] texts = new String(payload, US_ASCII).split(" ", 3);
        return Map.of(COUNTRY, texts[0], STATUS, texts[1]);
    });

    void measure(Measurements into) throws Exception {
        Rates appends = Rates.measure(
                "sql, append to PostgreSQL, latest per key, batches of 100",
                run,
                new Rounds<Double>()
                        .of(KEY_ONLY, () -> append(SearchedFields.NONE))
                        .of(BY_FIELDS, () -> append(FIELDS)));
        report("sql.appendFound", KEY_ONLY, BY_FIELDS, appends, into);
        searches(into);
    }

    private static void report(String figure, String reference, String subject, Rates rates, Measurements into) {
        rates.table(reference, into);
        into.figure(figure + ".perSecond", rates.of(subject));
        into.figure(figure + ".ratioToReference", rates.ratio(subject, reference));
    }

    private double append(SearchedFields fields) throws Exception {
        try (Mechanism mechanism = place.open()) {
            String log = define(mechanism);
            try (LogWriter writer = ((Table) mechanism).claim(log, "bench", fields)) {
                int warm = count / 10;
                append(writer, 0, warm);
                long begin = System.nanoTime();
                append(writer, warm, count);
                return count / Seconds.since(begin);
            }
        }
    }

    private static String define(Mechanism mechanism) {
        String log = Names.next("bench.found");
        ((Log) mechanism).define(new LogDefinition(log, new Retention.LatestPerKey(), Durability.D1));
        return log;
    }

    private static void append(LogWriter writer, int from, int wanted) {
        for (int written = 0; written < wanted; written += BATCH) {
            writer.append(0, batch(from + written)).join();
        }
    }

    private static List<LogEntry> batch(int from) {
        return IntStream.range(from, from + BATCH)
                .mapToObj(FindMeasurement::entry)
                .toList();
    }

    static LogEntry entry(int number) {
        String value = country(number) + " s" + number % 4 + " ";
        return new LogEntry(
                "k%07d".formatted(number).getBytes(US_ASCII),
                HEADER,
                (value + ".".repeat(PAYLOAD - value.length())).getBytes(US_ASCII));
    }

    static String country(int number) {
        return "c" + number % COUNTRIES;
    }

    private void searches(Measurements into) throws Exception {
        try (Mechanism mechanism = place.open();
                PostgresSearch plain = new PostgresSearch(place, place.named(Names.next("_plain_values")))) {
            String log = define(mechanism);
            try (LogWriter writer = ((Table) mechanism).claim(log, "bench", FIELDS)) {
                append(writer, 0, count);
                for (int from = 0; from < count; from += BATCH) {
                    plain.add(batch(from), payload -> FIELDS.texts(payload).getOrDefault(COUNTRY, ""));
                }
                String jdbc = "JDBC, an index of two columns";
                Rates rates = Rates.measure(
                        "sql, searches by a field that find " + FOUND_AT_ONCE,
                        run,
                        new Rounds<Double>()
                                .of(jdbc, () -> rate(country -> plain.find(country, FOUND_AT_ONCE)))
                                .of(ServerLogs.FAIRLEAD, () -> rate(country -> find((Table) mechanism, log, country))));
                report("sql.search", jdbc, ServerLogs.FAIRLEAD, rates, into);
            }
        }
    }

    /** One search; gives how many bytes of values it found. */
    @FunctionalInterface
    private interface Search {
        long find(String country) throws Exception;
    }

    private static long find(Table table, String log, String country) {
        FoundRecords found = table.find(log, Map.of(COUNTRY, country), null, FOUND_AT_ONCE);
        return found.records().stream()
                .mapToLong(record -> record.payload().length)
                .sum();
    }

    private double rate(Search search) throws Exception {
        int searches = run.of(3_000);
        find(search, searches / 10);
        long begin = System.nanoTime();
        find(search, searches);
        return searches / Seconds.since(begin);
    }

    private void find(Search search, int searches) throws Exception {
        long wanted = (long) PAYLOAD * Math.min(FOUND_AT_ONCE, count / COUNTRIES);
        for (int i = 0; i < searches; i++) {
            long found = search.find(country(i * 7));
            if (found != wanted) {
                throw new IllegalStateException("a search found " + found + " bytes of " + wanted);
            }
        }
    }
}
