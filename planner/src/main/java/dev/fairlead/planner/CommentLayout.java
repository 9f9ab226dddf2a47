package dev.fairlead.planner;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts comments where they belong: those of a line of their own beside their neighbour, those behind code in columns. */
final class CommentLayout {
    private static final int GAP = 2;

    private CommentLayout() {}

    static void place(List<Line> lines) {
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).kind() == Line.Kind.COMMENT) {
                alone(lines, index);
            }
        }
        int index = 0;
        while (index < lines.size()) {
            int end = index;
            while (end < lines.size() && lines.get(end).hasComment()) {
                end++;
            }
            inColumn(lines.subList(index, end));
            index = Math.max(end, index + 1);
        }
    }

    /** A comment goes with what follows it, unless it ends a deeper block and stands no further left than that. */
    private static void alone(List<Line> lines, int index) {
        Line comment = lines.get(index);
        Line before = nearest(lines, index, -1);
        Line after = nearest(lines, index, 1);
        if (after == null) {
            comment.indent(before == null || comment.sourceIndent() < before.sourceIndent() ? 0 : before.indent());
        } else if (before == null
                || comment.sourceIndent() <= after.sourceIndent()
                || before.indent() <= after.indent()) {
            comment.indent(after.indent());
        } else {
            comment.indent(before.indent());
        }
    }

    private static @Nullable Line nearest(List<Line> lines, int from, int step) {
        for (int index = from + step; index >= 0 && index < lines.size(); index += step) {
            if (lines.get(index).kind() == Line.Kind.ENTRY) {
                return lines.get(index);
            }
        }
        return null;
    }

    /** Neighbouring comments share a column: that of the first, or further right where the code needs it. */
    private static void inColumn(List<Line> neighbours) {
        int needed = neighbours.stream().mapToInt(Line::codeWidth).max().orElse(0) + GAP;
        if (!neighbours.isEmpty()) {
            int column = Math.max(needed, neighbours.get(0).commentColumn());
            neighbours.forEach(line -> line.commentColumn(column));
        }
    }
}
