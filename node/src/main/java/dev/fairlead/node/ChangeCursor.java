package dev.fairlead.node;

import dev.fairlead.planner.ItemId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Up to where a reader has all changes of an item; as text {@code owner.name@17}, or {@code owner.name@17.2} behind two late ones, which is sealed for who is outside. */
record ChangeCursor(ItemId item, Seal seal) {
    private static final Pattern FORM = Pattern.compile("([a-z0-9.-]{1,100})@([0-9]{1,18})(?:\\.([0-9]{1,9}))?");

    /** The place that the text says, or before all when there is no text; fails with BAD_REQUEST, or as its seal does. */
    ChangePlace of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return ChangePlace.BEGIN;
        }
        Matcher parts = FORM.matcher(seal.opened(text));
        if (!parts.matches() || !parts.group(1).equals(item.toString())) {
            throw new Problem(
                    ProblemType.BAD_REQUEST, "this is no cursor of " + item + " (give what an answer had under next)");
        }
        String late = parts.group(3);
        return new ChangePlace(Long.parseLong(parts.group(2)), late == null ? 0 : Integer.parseInt(late));
    }

    String text(ChangePlace place) {
        if (place.equals(ChangePlace.BEGIN)) {
            return "";
        }
        String late = place.late() == 0 ? "" : "." + place.late();
        return seal.closed(item + "@" + place.sequence() + late);
    }
}
