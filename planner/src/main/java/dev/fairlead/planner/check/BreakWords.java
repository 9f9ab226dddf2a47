package dev.fairlead.planner.check;

import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Rule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what is broken, for whom, and what to do. */
final class BreakWords {
    /** Paths of what outside clients get begin with it. */
    private static final String OUTSIDE = ":expose.";

    private final ItemId item;
    private final Broken broken;

    /** What holds the records that two versions meet over. */
    enum Carrier {
        /** Records that stay. */
        LOG,
        /** Nothing: a question and its answer are gone once they were taken. */
        CALL,
        /** Messages until they are handled. */
        QUEUE,
        /** Columns of the owner's database, which change with it. */
        TABLE
    }

    BreakWords(ItemId item, Broken broken) {
        this.item = item;
        this.broken = broken;
    }

    String message() {
        String name = "`" + broken.path().substring(broken.path().startsWith(":") ? 1 : 0) + "` of `" + item + "` ";
        String readers = Text.and(broken.readers());
        String was = broken.was();
        String is = broken.is();
        boolean isAsked = isAsked();
        return switch (broken.rule()) {
            case FIELD_REMOVED ->
                isAsked
                        ? name + "is no longer sent by " + readers + ", but an owner of before wants it (deploy "
                                + item.owner() + " first)"
                        : isOutside()
                                ? name + "is gone, but " + uses()
                                        + " it (go on showing it under this name: `names: { " + last()
                                        + ": FIELD }` shows a field under any; or end the view by a `sunset`)"
                                : name + "is gone, but " + uses()
                                        + " it (keep it until they no longer do; to rename it, write both names until then)";
            case FIELD_REQUIRED ->
                isAsked
                        ? name + "must now be sent, but " + readers + " as deployed may not send it (make it optional: "
                                + optional(is) + ")"
                        : name + "must now be there, but records without it exist and " + uses()
                                + " it (make it optional: " + optional(is) + ")";
            case TYPE_CHANGED ->
                name + "was " + was + " and is " + is + ", which breaks " + readers
                        + " (add a field of the new type beside it, move the readers, then remove the old one)";
            case NAME_RETURNED ->
                name + "comes back as " + is + ", but earlier records hold it as " + was + ", which breaks " + readers
                        + " (take another name)";
            case ENUM_NARROWED ->
                name + "has lost " + was + ", which may have been written, and " + uses()
                        + " it (keep the " + (is.startsWith("union(") ? "variant" : "symbol")
                        + ", and let the owner stop writing it)";
            case ENUM_WIDENED ->
                name + "may now be " + is + ", which " + readers + " cannot read ("
                        + (isOutside()
                                ? "show the field as it was under this name, and the new one under another)"
                                : was.startsWith("union(")
                                        ? "deploy readers that know it first, or share a new item)"
                                        : "let them first take unknown symbols for a known one: `unknown-symbols: { "
                                                + last() + ": … }` in the need)");
            case KEY_CHANGED ->
                "the key of `" + item + "` was " + was + " and is " + is + ": identity and order are lost for "
                        + readers + " (share a new item with the new key)";
            case MEANING_CHANGED ->
                "the " + attribute() + " of " + name + "was " + value(was) + " and is " + value(is) + ", which "
                        + readers + " would misread (add a field of another name)";
            case EVENT_REMOVED ->
                "the event " + name + "is gone, but " + uses() + " it (keep it until they no longer do)";
            case EVENT_ADDED ->
                "the event " + name + "is new, and " + readers
                        + " as deployed would park the keys that have one (deploy them first, or let them say `when-unknown: skip`)";
            case DEADLINE_SHORTENED ->
                name + "was " + was + " and is " + is + ": answers that were in time for " + readers
                        + " are now late (keep the deadline)";
            case VIEW_REMOVED ->
                "the view `" + last() + "` of `" + item + "` is gone, but " + uses()
                        + " it (keep it, say in it `deprecated` and `sunset`, and remove it when its sunset has passed)";
            case VIEW_NARROWED ->
                "the view `" + view() + "` of `" + item + "` gave " + was + " and gives " + is + ", which is less for "
                        + readers + " (keep it as it was, and give those who may see less a view of their own)";
            default -> throw new IllegalStateException("no words for " + broken.rule());
        };
    }

    /** Who may be deployed first, or why nobody may. */
    @Nullable
    String order(Carrier carrier) {
        if (carrier == Carrier.TABLE && isStructural()) {
            return "expand, then contract: " + item.owner()
                    + " adds the new column and goes on filling the old one until no grant of "
                    + Text.and(broken.readers()) + " uses it";
        }
        if (!isStructural()) {
            return "none is safe: old and new cannot be told apart";
        }
        Set<Meeting> meetings = broken.meetings();
        if (isOutside()) {
            return "none is safe: whoever is outside is deployed by others";
        }
        if ((broken.rule() == Rule.FIELD_REMOVED && !isAsked()) || broken.rule() == Rule.EVENT_REMOVED) {
            return "safe only when " + Text.and(broken.readers()) + " can do without it before " + item.owner()
                    + " stops";
        }
        if (meetings.equals(Set.of(Meeting.NEW_OWNER_OLD_READER))) {
            return "safe only when " + Text.and(broken.readers()) + " can read both before " + item.owner()
                    + " writes the new";
        }
        if (meetings.equals(Set.of(Meeting.NEW_QUESTION_OLD_OWNER))
                || (carrier != Carrier.LOG && meetings.equals(Set.of(Meeting.OLD_RECORD_NEW_READER)))) {
            return "safe only when " + item.owner() + " is deployed before " + Text.and(broken.readers());
        }
        if (meetings.equals(Set.of(Meeting.OLD_QUESTION_NEW_OWNER))) {
            return "safe only when " + Text.and(broken.readers()) + " can send both before " + item.owner()
                    + " wants the new"
                    + (carrier == Carrier.QUEUE ? ", and what they have sent until then was handled" : "");
        }
        return "none is safe: it breaks both ways, or records of before are still read";
    }

    private boolean isOutside() {
        return broken.path().startsWith(OUTSIDE);
    }

    private String view() {
        String inside = broken.path().substring(OUTSIDE.length());
        return inside.substring(0, inside.indexOf('.') < 0 ? inside.length() : inside.indexOf('.'));
    }

    private boolean isAsked() {
        return broken.path().startsWith("question.");
    }

    private boolean isStructural() {
        return switch (broken.rule()) {
            case KEY_CHANGED, MEANING_CHANGED, NAME_RETURNED, DEADLINE_SHORTENED -> false;
            default -> true;
        };
    }

    private String uses() {
        return Text.and(broken.readers()) + (broken.readers().size() == 1 ? " uses" : " use");
    }

    private String last() {
        return broken.path().substring(broken.path().lastIndexOf('.') + 1);
    }

    private String attribute() {
        return broken.was().contains(" ") && broken.is().contains(" ")
                ? broken.was().substring(0, broken.was().indexOf(' '))
                : "type";
    }

    private String value(String text) {
        return attribute().equals("type") ? text : text.substring(text.indexOf(' ') + 1);
    }

    private static String optional(String type) {
        return type.endsWith("?") ? type : type + "?";
    }
}
