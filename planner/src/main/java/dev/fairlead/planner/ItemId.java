package dev.fairlead.planner;

import org.jspecify.annotations.Nullable;

/** The id of an item: {@code owner.name}. */
public record ItemId(String owner, String name) implements Comparable<ItemId> {

    /** Reads {@code owner.name}; both follow the rule for names. */
    public static ItemId of(String text) {
        if (!isId(text)) {
            throw new IllegalArgumentException(Printable.quoted(text) + " is not the id of an item (write owner.name)");
        }
        int dot = text.indexOf('.');
        return new ItemId(text.substring(0, dot), text.substring(dot + 1));
    }

    /** Whether the text is {@code owner.name}. */
    static boolean isId(String text) {
        int dot = text.indexOf('.');
        return dot >= 0 && PlanNames.isName(text.substring(0, dot)) && PlanNames.isName(text.substring(dot + 1));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ItemId that && name.equals(that.name) && owner.equals(that.owner);
    }

    @Override
    public int hashCode() {
        return 31 * owner.hashCode() + name.hashCode();
    }

    @Override
    public int compareTo(ItemId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return owner + "." + name;
    }
}
