package dev.fairlead.planner;

import java.util.List;
import java.util.stream.Collectors;

/** Writes what stands on one line: scalars as they are, braces and square brackets with even spaces. */
final class FlowText {
    private final List<Line> lines;

    FlowText(List<Line> lines) {
        this.lines = lines;
    }

    /** What the file has from the beginning to the end of a node on one line. */
    String raw(Node node) {
        return source(node.place())
                .substring(
                        offset(node.place()),
                        offset(new Place("", node.place().line(), node.end().column())));
    }

    String before(Place place) {
        return source(place).substring(0, offset(place));
    }

    String after(Place place) {
        return source(place).substring(offset(place));
    }

    /** Where the value of a key may begin. */
    int afterColon(Place keyEnd) throws Layout.Irregular {
        String source = source(keyEnd);
        int colon = source.indexOf(':', offset(keyEnd));
        if (colon < 0 || !source.substring(offset(keyEnd), colon).isBlank()) {
            throw new Layout.Irregular(keyEnd.line());
        }
        return colon + 1;
    }

    String canonical(Node node) {
        String raw = raw(node);
        return switch (node) {
            case Node.Mapping mapping
            when raw.startsWith("{") && hasAllValues(mapping) ->
                mapping.entries().stream()
                        .map(entry -> raw(entry.key()) + ": " + canonical(entry.value()))
                        .collect(
                                Collectors.collectingAndThen(Collectors.joining(", "), text -> inside("{", text, "}")));
            case Node.Sequence sequence
            when raw.startsWith("[") ->
                sequence.elements().stream()
                        .map(this::canonical)
                        .collect(
                                Collectors.collectingAndThen(Collectors.joining(", "), text -> inside("[", text, "]")));
            default -> raw;
        };
    }

    private boolean hasAllValues(Node.Mapping mapping) {
        return mapping.entries().stream().noneMatch(entry -> raw(entry.value()).isEmpty());
    }

    private static String inside(String open, String text, String close) {
        return text.isEmpty() ? open + " " + close : open + " " + text + " " + close;
    }

    private String source(Place place) {
        return lines.get(place.line() - 1).source();
    }

    private int offset(Place place) {
        String source = source(place);
        return source.offsetByCodePoints(0, Math.min(place.column() - 1, source.codePointCount(0, source.length())));
    }
}
