package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.SearchedFields;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The texts that one claim of a log keeps. */
final class SearchIndex {
    private final TextRows texts;
    private final LogRow log;
    private final SearchedFields fields;
    private final Map<String, Long> ids;

    /** @param ids of the rows of the fields, by their names */
    SearchIndex(TextRows texts, LogRow log, SearchedFields fields, Map<String, Long> ids) {
        this.texts = texts;
        this.log = log;
        this.fields = fields;
        this.ids = Map.copyOf(ids);
    }

    /** Notes what was appended, in the same transaction. */
    void note(Connection connection, long first, List<LogEntry> entries) throws SQLException {
        List<LogRecord> records = new ArrayList<>(entries.size());
        for (LogEntry entry : entries) {
            records.add(new LogRecord(first + records.size(), entry.key(), entry.header(), entry.payload()));
        }
        texts.replaceAll(connection, log, ids, records, fields);
    }
}
