package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import dev.fairlead.spi.input.LogLimits;
import java.util.HashMap;
import java.util.Map;

/** Translates between records of a log and entries of its stream, whose id is 1 and the offset. */
final class Entries {
    private static final byte[] KEY = Words.of("key");
    private static final byte[] HEADER = Words.of("header");
    private static final byte[] DATA = Words.of("data");
    private static final byte[] NOTHING = {};

    /** What the names of the fields begin with that hold attributes of CloudEvents. */
    private static final String ATTRIBUTE = "ce-";

    private Entries() {}

    /** Adds how many words there are of attributes, the three that every entry has, and the attributes. */
    static void add(Words words, LogEntry entry) {
        words.add(2L * entry.attributes().size());
        words.add(entry.key()).add(entry.header()).add(entry.payload());
        addAttributes(words, entry);
    }

    /** Adds the fields of the entry with their names. */
    static void addFields(Words words, LogEntry entry) {
        words.add(KEY).add(entry.key());
        words.add(HEADER).add(entry.header());
        words.add(DATA).add(entry.payload());
        addAttributes(words, entry);
    }

    private static void addAttributes(Words words, LogEntry entry) {
        entry.attributes().forEach((name, value) -> words.add(ATTRIBUTE + name).add(value));
    }

    static long offset(Reply entry) {
        String id = entry.text(0);
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }

    /** What stands there, whoever wrote it. */
    static LogRecord record(Reply entry) {
        byte[] key = NOTHING;
        byte[] header = NOTHING;
        byte[] data = NOTHING;
        Map<String, String> attributes = new HashMap<>();
        Reply fields = entry.list(1);
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String name = fields.text(i);
            switch (name) {
                case "key" -> key = fields.bytes(i + 1);
                case "header" -> header = fields.bytes(i + 1);
                case "data" -> data = fields.bytes(i + 1);
                default -> {
                    if (name.startsWith(ATTRIBUTE)) {
                        attributes.put(name.substring(ATTRIBUTE.length()), fields.text(i + 1));
                    } // else a stranger says more
                }
            }
        }
        if (header.length == 0) {
            header = ForeignHeader.of(attributes);
        }
        return LogLimits.found(new LogRecord(offset(entry), key, header, data));
    }
}
