package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import dev.fairlead.spi.input.LogLimits;
import java.util.Arrays;
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

    /** The words by which the entry is added to the stream: id, and fields with their names. */
    static byte[][] added(byte[] stream, long offset, LogEntry entry) {
        byte[][] three = {
            stream, Words.of("1-" + offset), KEY, entry.key(), HEADER, entry.header(), DATA, entry.payload()
        };
        if (entry.event() == null) {
            return three;
        }
        Words words = new Words();
        for (byte[] word : three) {
            words.add(word);
        }
        addAttributes(words, entry);
        return words.all();
    }

    private static void addAttributes(Words words, LogEntry entry) {
        entry.attributes().forEach((name, value) -> words.add(ATTRIBUTE + name).add(value));
    }

    static long offset(Reply entry) {
        byte[] id = entry.bytes(0);
        int at = id.length - 1;
        long offset = 0;
        for (long place = 1; id[at] != '-'; place *= 10) {
            offset += place * (id[at--] - '0');
        }
        return offset;
    }

    /** What stands there, whoever wrote it. Looks at bytes: for each record of a page, texts would cost more than all else. */
    static LogRecord record(Reply entry) {
        byte[] key = NOTHING;
        byte[] header = NOTHING;
        byte[] data = NOTHING;
        Reply fields = entry.list(1);
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            byte[] name = fields.bytes(i);
            if (Arrays.equals(name, KEY)) {
                key = fields.bytes(i + 1);
            } else if (Arrays.equals(name, HEADER)) {
                header = fields.bytes(i + 1);
            } else if (Arrays.equals(name, DATA)) {
                data = fields.bytes(i + 1);
            } // else an attribute, or a stranger says more
        }
        if (header.length == 0) {
            header = ForeignHeader.of(attributes(fields));
        }
        return LogLimits.found(new LogRecord(offset(entry), key, header, data));
    }

    private static Map<String, String> attributes(Reply fields) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String name = fields.text(i);
            if (name.startsWith(ATTRIBUTE)) {
                attributes.put(name.substring(ATTRIBUTE.length()), fields.text(i + 1));
            }
        }
        return attributes;
    }
}
