package dev.fairlead.planner.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a change of an item meets its readers.
 *
 * @param text what was and what is, for example {@code price: decimal(12,2) -> string}
 * @param mode which way it must fit; null where the change breaks nobody
 * @param readers by name; only those that use what changed
 * @param witness a JSON document that shows the break; null where the change breaks nobody
 * @param order who may be deployed first, or why nobody may; null where any order will do
 */
public record Change(
        String text,
        @Nullable Mode mode,
        List<String> readers,
        @Nullable String witness,
        @Nullable String order) {
    public Change {
        readers = List.copyOf(readers);
    }

    /** A change that breaks nobody. */
    static Change harmless(String text) {
        return new Change(text, null, List.of(), null, null);
    }
}
