package dev.fairlead.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Works out where everything on the lines of one file belongs. */
final class Layout {
    private static final int STEP = 2;

    /** Keys whose entries stand in columns. */
    private static final Set<String> IN_COLUMNS =
            Set.of("fields", "events", "variants", "mechanisms", "question", "answer");

    /** Keys whose entries hold fields. */
    private static final Set<String> OF_RECORDS = Set.of("events", "variants");

    private final List<Line> lines;
    private final FlowText flow;

    Layout(SourceText source, Node root) throws Irregular {
        this.lines = source.text().lines().map(Line::new).toList();
        this.flow = new FlowText(lines);
        block(root, 0, "", "");
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).kind() == Line.Kind.UNKNOWN) {
                throw new Irregular(index + 1);
            }
        }
        CommentLayout.place(lines);
    }

    /** A file has a construct that has no canonical form. */
    static final class Irregular extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        Irregular(int line) {
            super("line " + line, null, false, false);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    String text() {
        List<String> texts = new ArrayList<>();
        boolean isAfterBlank = true;
        for (Line line : lines) {
            boolean isBlank = line.kind() == Line.Kind.BLANK;
            if (!isBlank || !isAfterBlank) {
                texts.add(line.text());
            }
            isAfterBlank = isBlank;
        }
        if (!texts.isEmpty() && isAfterBlank) {
            texts.remove(texts.size() - 1);
        }
        return String.join("\n", texts) + "\n";
    }

    private void block(Node node, int indent, String key, String parentKey) throws Irregular {
        switch (node) {
            case Node.Mapping mapping when isBlock(mapping) -> mapping(mapping, indent, key, parentKey);
            case Node.Sequence sequence when isBlock(sequence) -> sequence(sequence, indent);
            default -> throw new Irregular(node.place().line());
        }
    }

    private void mapping(Node.Mapping mapping, int indent, String key, String parentKey) throws Irregular {
        List<Line> entries = new ArrayList<>();
        int lastLine = 0;
        boolean allInColumns = IN_COLUMNS.contains(key) || OF_RECORDS.contains(parentKey);
        for (Node.Entry entry : mapping.entries()) {
            int number = entry.key().place().line();
            Line line = line(number);
            String name = flow.raw(entry.key());
            if (entry.key().end().line() != number
                    || !flow.before(entry.key().place()).isBlank()) {
                throw new Irregular(number);
            }
            line.entry(indent, name + ":");
            boolean isOneLine = value(line, entry, indent, key);
            boolean isInColumn = isOneLine && (allInColumns || line.value().startsWith("{"));
            if (!isInColumn || number != lastLine + 1) {
                align(entries);
            }
            if (isInColumn) {
                entries.add(line);
            }
            lastLine = number;
        }
        align(entries);
    }

    /** Whether the value is there and stands with its key on one line. */
    private boolean value(Line line, Node.Entry entry, int indent, String key) throws Irregular {
        int number = entry.key().place().line();
        int afterColon = flow.afterColon(entry.key().end());
        Node value = entry.value();
        if (isBlock(value)) {
            rest(line, number, afterColon);
            block(value, indent + STEP, entry.key().text(), key);
            return false;
        }
        int last = lastLine(value);
        if (value.place().line() > number || last > number) {
            line.value(line.source().substring(afterColon).strip());
            continued(line, number + 1, last);
            return false;
        }
        line.value(flow.canonical(value));
        comment(line, flow.after(value.end()), number);
        return !line.value().isEmpty();
    }

    private void sequence(Node.Sequence sequence, int indent) throws Irregular {
        for (Node element : sequence.elements()) {
            int number = element.place().line();
            if (isBlock(element)
                    || lastLine(element) > number
                    || !flow.before(element.place()).strip().equals("-")) {
                throw new Irregular(number);
            }
            Line line = line(number);
            line.entry(indent, "-");
            line.value(flow.canonical(element));
            comment(line, flow.after(element.end()), number);
        }
    }

    /** What follows the colon of a key whose value is a block below it: nothing, an anchor, a comment. */
    private static void rest(Line line, int number, int afterColon) throws Irregular {
        String rest = line.source().substring(afterColon);
        String stripped = rest.strip();
        if (stripped.isEmpty() || stripped.startsWith("#")) {
            comment(line, rest, number);
        } else {
            line.value(stripped);
        }
    }

    private static void comment(Line line, String rest, int number) throws Irregular {
        String stripped = rest.strip();
        if (stripped.isEmpty()) {
            return;
        }
        if (!stripped.startsWith("#")) {
            throw new Irregular(number);
        }
        int offset = line.source().length() - rest.stripLeading().length();
        line.comment(stripped, line.source().codePointCount(0, offset));
    }

    private void continued(Line head, int from, int to) throws Irregular {
        int shift = head.indent() - head.sourceIndent();
        for (int number = from; number <= to; number++) {
            Line line = line(number);
            if (!line.source().isBlank() && line.sourceIndent() + shift < 0) {
                throw new Irregular(number);
            }
            line.continues(head);
        }
    }

    private static void align(List<Line> entries) {
        int widest = entries.stream().mapToInt(Line::keyWidth).max().orElse(0);
        entries.forEach(line -> line.valueColumn(widest + 1));
        entries.clear();
    }

    private boolean isBlock(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> false;
            case Node.Mapping mapping -> !mapping.flow();
            case Node.Sequence sequence -> !sequence.flow();
        };
    }

    /** The last line that a value is on; the end of a block scalar is the beginning of what follows it. */
    private int lastLine(Node value) {
        int last =
                value.end().column() == 1 ? value.end().line() - 1 : value.end().line();
        return Math.max(value.place().line(), Math.min(last, lines.size()));
    }

    private Line line(int number) throws Irregular {
        if (number > lines.size()) {
            throw new Irregular(lines.size());
        }
        return lines.get(number - 1);
    }
}
