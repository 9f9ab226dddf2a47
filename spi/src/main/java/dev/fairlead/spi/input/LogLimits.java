package dev.fairlead.spi.input;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import java.util.List;
import java.util.regex.Pattern;

/** What a caller of a log may hand in, and what another program may have written. All checks fail with BAD_VALUE, and say what is allowed. */
public final class LogLimits {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,99}");
    private static final int LONGEST_GROUP = 100;
    private static final int LONGEST_OWNER = 200;
    private static final long LONGEST_APPEND = 16L << 20;
    private static final byte[] NOTHING = {};
    /** A foreign record without a key would look like an erased one. */
    private static final byte[] NO_KEY = {0};

    private LogLimits() {}

    /** The name of a log or queue, if it is one. */
    public static String checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw bad("the name of a log or queue is [a-z][a-z0-9.-]*, at most 100 characters: " + name);
        }
        return name;
    }

    /** For logs that have one partition. */
    public static void checkPartition(String log, int partition) {
        if (partition != 0) {
            throw bad("log " + log + " has the partition 0 alone; there is no partition " + partition);
        }
    }

    /** The name of a group of readers. */
    public static void checkGroup(String group) {
        if (group.isEmpty() || group.length() > LONGEST_GROUP) {
            throw bad("a group's name has 1 to " + LONGEST_GROUP + " characters: " + group);
        }
    }

    /** Who claims a log, for messages. */
    public static String checkOwner(String owner) {
        if (owner.length() > LONGEST_OWNER) {
            throw bad("an owner's name has at most " + LONGEST_OWNER + " characters");
        }
        return owner;
    }

    /**
     * The entries of one append.
     *
     * @param overhead bytes that the mechanism adds to each entry
     * @return the bytes of all together
     */
    public static long checkEntries(String log, List<LogEntry> entries, int overhead) {
        if (entries.isEmpty()) {
            throw bad("log " + log + ": an append needs at least one record");
        }
        long size = 0;
        for (LogEntry entry : entries) {
            checkPart(log, "key", entry.key(), LogEntry.MAX_KEY);
            checkPart(log, "header", entry.header(), LogEntry.MAX_HEADER);
            checkPart(log, "payload", entry.payload(), LogEntry.MAX_PAYLOAD);
            if (entry.key().length == 0) {
                throw bad("log " + log + ": a record's key is empty");
            }
            size += entry.size() + (long) overhead;
        }
        if (size > LONGEST_APPEND) {
            throw bad("log " + log + ": one append holds at most " + LONGEST_APPEND + " bytes, not " + size
                    + "; split it");
        }
        return size;
    }

    private static void checkPart(String log, String name, byte[] part, int longest) {
        if (part.length > longest) {
            throw bad("log " + log + ": a record's " + name + " has at most " + longest + " bytes, not " + part.length);
        }
    }

    /**
     * A record as it was found where strangers can write. One that breaks the limits, or has no key, comes without its content, which no
     * envelope fits then, and under a key that is not empty: so it stops nobody, and is not taken for an erased one.
     */
    public static LogRecord found(LogRecord record) {
        boolean foreign = record.key().length == 0
                || record.key().length > LogEntry.MAX_KEY
                || record.header().length > LogEntry.MAX_HEADER
                || record.payload().length > LogEntry.MAX_PAYLOAD;
        return foreign ? new LogRecord(record.offset(), record.emptyFrom(), NO_KEY, NOTHING, NOTHING) : record;
    }

    /** The refusal of something else that a caller handed in. */
    public static FairleadException bad(String what) {
        return new FairleadException(ErrorCode.BAD_VALUE, what);
    }
}
