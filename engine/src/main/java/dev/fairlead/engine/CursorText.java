package dev.fairlead.engine;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the text of a cursor says: its format, its item, and the offset of the record behind it. */
public final class CursorText {
    private static final Pattern FORM = Pattern.compile("1:([a-z0-9.-]{1,100}):(0|[1-9][0-9]{0,17})");
    private static final int LONGEST = 200;

    private CursorText() {}

    static Cursor at(String item, long offset) {
        return new Cursor("1:" + item + ":" + offset);
    }

    /** The offset, when the cursor is one of the item and not beyond the end of its log. */
    static long offset(Cursor cursor, String item, long end) {
        String text = cursor.text();
        Matcher form = FORM.matcher(text.length() > LONGEST ? "" : text);
        if (!form.matches()) {
            throw bad("this is no cursor: " + ErrorText.cut(text)
                    + " (take one that oldest, newest, since or a page gave)");
        }
        if (!form.group(1).equals(item)) {
            throw bad("the cursor is of " + form.group(1) + ", but the read is of " + item);
        }
        long offset = Long.parseLong(form.group(2));
        if (offset > end) {
            throw bad("the cursor of " + item + " is at " + offset + ", but the log ends at " + end
                    + " (it is of another log; begin with oldest or newest)");
        }
        return offset;
    }

    /** Whether one place of a log is before another of the same log; false for what is no cursor. */
    public static boolean isBefore(Cursor one, Cursor other) {
        Matcher first = FORM.matcher(one.text());
        Matcher second = FORM.matcher(other.text());
        return first.matches() && second.matches() && Long.parseLong(first.group(2)) < Long.parseLong(second.group(2));
    }

    private static FairleadException bad(String what) {
        return new FairleadException(ErrorCode.BAD_VALUE, what);
    }
}
