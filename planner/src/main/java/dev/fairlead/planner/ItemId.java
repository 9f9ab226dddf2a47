package dev.fairlead.planner;

import org.jspecify.annotations.Nullable;

/** The id of an item: {@code owner.name}. */
public record ItemId(String owner, String name) implements Comparable<ItemId> {

    /** Reads {@code owner.name}; both follow the rule for names. */
    public static ItemId of(String text) {
        ItemId id = find(text);
        if (id == null) {
            throw new IllegalArgumentException(Printable.quoted(text) + " is not the id of an item (write owner.name)");
        }
        return id;
    }

    /** Reads {@code owner.name}; null when the text is something else. */
    static @Nullable ItemId find(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return null;
        }
        ItemId id = new ItemId(text.substring(0, dot), text.substring(dot + 1));
        return PlanNames.isName(id.owner()) && PlanNames.isName(id.name()) ? id : null;
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
