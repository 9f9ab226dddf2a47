package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.spi.FoundRecords;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.SearchedFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What scenarios do that find values by fields: their values are lines such as {@code country=CH}. */
final class Finding {
    private static final int PAGE = 7;

    private Finding() {}

    static SearchedFields fields(String... names) {
        return new SearchedFields(Set.of(names), Finding::texts);
    }

    private static Map<String, String> texts(byte[] payload) {
        Map<String, String> texts = new HashMap<>();
        for (String line : new String(payload, UTF_8).split("\n")) {
            int end = line.indexOf('=');
            if (end > 0) {
                texts.put(line.substring(0, end), line.substring(end + 1));
            }
        }
        return texts;
    }

    static LogWriter writer(Scope scope, String log, String... fields) {
        return scope.table().claim(log, "conformance", fields(fields));
    }

    /** The keys of all that fit, over as many pages as they take. */
    static List<String> keys(Scope scope, String log, Map<String, String> texts) {
        return records(scope, log, texts, PAGE).stream().map(Scope::key).toList();
    }

    static List<String> keys(Scope scope, String log, String field, String text) {
        return keys(scope, log, Map.of(field, text));
    }

    static List<LogRecord> records(Scope scope, String log, Map<String, String> texts, int page) {
        List<LogRecord> found = new ArrayList<>();
        byte @Nullable [] after = null;
        do {
            FoundRecords next = scope.table().find(log, texts, after, page);
            Expect.that(next.records().size() <= page, "at most " + page + " records in a page");
            found.addAll(next.records());
            after = next.next();
        } while (after != null);
        return found;
    }
}
