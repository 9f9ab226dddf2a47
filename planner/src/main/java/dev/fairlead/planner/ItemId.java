package dev.fairlead.planner;

/** The id of an item: {@code owner.name}. */
public record ItemId(String owner, String name) implements Comparable<ItemId> {

    /** Reads {@code owner.name}; both follow the rule for names. */
    public static ItemId of(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 || !PlanNames.isName(text.substring(0, dot)) || !PlanNames.isName(text.substring(dot + 1))) {
            throw new IllegalArgumentException(Printable.quoted(text) + " is not the id of an item (write owner.name)");
        }
        return new ItemId(text.substring(0, dot), text.substring(dot + 1));
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
