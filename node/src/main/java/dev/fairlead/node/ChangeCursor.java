package dev.fairlead.node;

import dev.fairlead.planner.ItemId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Up to where in an item's log a reader has all changes; as text {@code owner.name@17}, which is sealed for who is outside. */
record ChangeCursor(ItemId item, Seal seal) {
    private static final long BEGIN = -1;
    private static final Pattern FORM = Pattern.compile("([a-z0-9.-]{1,100})@([0-9]{1,18})");

    /** The sequence that the text says, or before all when there is no text; fails with BAD_REQUEST, or as its seal does. */
    long of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return BEGIN;
        }
        Matcher parts = FORM.matcher(seal.opened(text));
        if (!parts.matches() || !parts.group(1).equals(item.toString())) {
            throw new Problem(
                    ProblemType.BAD_REQUEST, "this is no cursor of " + item + " (give what an answer had under next)");
        }
        return Long.parseLong(parts.group(2));
    }

    String text(long sequence) {
        return sequence == BEGIN ? "" : seal.closed(item + "@" + sequence);
    }
}
