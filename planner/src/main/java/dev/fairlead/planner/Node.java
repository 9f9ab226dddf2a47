package dev.fairlead.planner;

import java.util.List;

/** A part of a plan file as YAML sees it, with where it begins and ends; aliases are already followed. */
sealed interface Node {

    Place place();

    Place end();

    /** How a scalar is written. */
    enum Style {
        PLAIN,
        QUOTED,
        BLOCK
    }

    /** A text; numbers and words are texts too. */
    record Scalar(String text, Style style, Place place, Place end) implements Node {
        boolean isAbsent() {
            return style == Style.PLAIN && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    /** A list; {@code flow} when it is written in square brackets. */
    record Sequence(List<Node> elements, boolean flow, Place place, Place end) implements Node {}

    /** Keys and their values; {@code flow} when it is written in braces. */
    record Mapping(List<Entry> entries, boolean flow, Place place, Place end) implements Node {}

    /** One key and its value. */
    record Entry(Scalar key, Node value) {}

    /** Whether both say the same, wherever and however it is written. */
    default boolean meansTheSameAs(Node other) {
        return switch (this) {
            case Scalar scalar ->
                other instanceof Scalar that
                        && scalar.text().equals(that.text())
                        && scalar.isAbsent() == that.isAbsent();
            case Sequence sequence ->
                other instanceof Sequence that && allMeanTheSame(sequence.elements(), that.elements());
            case Mapping mapping ->
                other instanceof Mapping that
                        && allMeanTheSame(keys(mapping), keys(that))
                        && allMeanTheSame(values(mapping), values(that));
        };
    }

    private static List<Node> keys(Mapping mapping) {
        return mapping.entries().stream().<Node>map(Entry::key).toList();
    }

    private static List<Node> values(Mapping mapping) {
        return mapping.entries().stream().map(Entry::value).toList();
    }

    private static boolean allMeanTheSame(List<Node> these, List<Node> those) {
        if (these.size() != those.size()) {
            return false;
        }
        for (int index = 0; index < these.size(); index++) {
            if (!these.get(index).meansTheSameAs(those.get(index))) {
                return false;
            }
        }
        return true;
    }
}
