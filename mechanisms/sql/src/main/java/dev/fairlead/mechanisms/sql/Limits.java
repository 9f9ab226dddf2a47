package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.Question;
import java.util.List;
import java.util.regex.Pattern;

/** What a caller may hand in. */
final class Limits {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,99}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST_GROUP = 100;
    private static final int LONGEST_OWNER = 200;
    private static final long LONGEST_APPEND = 16L << 20;

    private Limits() {}

    static String checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw bad("the name of a log or queue is [a-z][a-z0-9.-]*, at most 100 characters: " + name);
        }
        return name;
    }

    static void checkPartition(String log, int partition) {
        if (partition != 0) {
            throw bad("log " + log + " has the partition 0 alone; there is no partition " + partition);
        }
    }

    static void checkGroup(String group) {
        if (group.isEmpty()
                || group.length() > LONGEST_GROUP
                || CONTROL.matcher(group).find()) {
            throw bad("a group's name has 1 to " + LONGEST_GROUP + " characters, none of them a control character: "
                    + group);
        }
    }

    static String checkOwner(String owner) {
        if (owner.length() > LONGEST_OWNER) {
            throw bad("an owner's name has at most " + LONGEST_OWNER + " characters");
        }
        return text(owner, LONGEST_OWNER);
    }

    /** The text as every database can hold it: without the character zero and halves of pairs, and cut to the length. */
    static String text(String text, int longest) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .limit(longest)
                .map(point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                        ? '\uFFFD'
                        : point)
                .forEach(kept::appendCodePoint);
        int length = Math.min(longest, kept.length());
        boolean cutsPair = length > 0 && length < kept.length() && Character.isHighSurrogate(kept.charAt(length - 1));
        return kept.substring(0, cutsPair ? length - 1 : length);
    }

    static List<LogEntry> checkEntries(String log, List<LogEntry> entries) {
        if (entries.isEmpty()) {
            throw bad("log " + log + ": an append needs at least one record");
        }
        List<LogEntry> checked = List.copyOf(entries);
        long size = 0;
        for (LogEntry entry : checked) {
            checkPart("log " + log + ": a record's key", entry.key(), LogEntry.MAX_KEY);
            checkPart("log " + log + ": a record's header", entry.header(), LogEntry.MAX_HEADER);
            checkPart("log " + log + ": a record's payload", entry.payload(), LogEntry.MAX_PAYLOAD);
            if (entry.key().length == 0) {
                throw bad("log " + log + ": a record's key is empty");
            }
            size += entry.size();
        }
        if (size > LONGEST_APPEND) {
            throw bad("log " + log + ": one append holds at most " + LONGEST_APPEND + " bytes, not " + size
                    + "; split it");
        }
        return checked;
    }

    static void checkMessage(String queue, Question message) {
        checkPart("queue " + queue + ": a message's header", message.header(), Question.MAX_HEADER);
        checkPart("queue " + queue + ": a message's payload", message.payload(), Question.MAX_PAYLOAD);
    }

    private static void checkPart(String what, byte[] part, int longest) {
        if (part.length > longest) {
            throw bad(what + " has at most " + longest + " bytes, not " + part.length);
        }
    }

    static FairleadException bad(String what) {
        return new FairleadException(ErrorCode.BAD_VALUE, what);
    }
}
