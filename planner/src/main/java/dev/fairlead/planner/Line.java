package dev.fairlead.planner;

import org.jspecify.annotations.Nullable;

/** One line of a plan file while it is formatted. */
final class Line {

    /** What a line holds. */
    enum Kind {
        BLANK,
        COMMENT,
        /** A key, or an element of a block sequence, with what follows it. */
        ENTRY,
        /** A further line of a value that began on another. */
        CONTINUED,
        /** {@code ---} and the like. */
        MARKER,
        UNKNOWN
    }

    private final String source;
    private Kind kind;
    private int indent;
    private String key = "";
    private String value = "";
    private String comment = "";
    private int valueColumn;
    private int commentColumn;
    private @Nullable Line head;

    Line(String source) {
        this.source = source;
        this.kind = kindOf(source);
    }

    private static Kind kindOf(String source) {
        String stripped = source.strip();
        if (stripped.isEmpty()) {
            return Kind.BLANK;
        }
        if (stripped.startsWith("#")) {
            return Kind.COMMENT;
        }
        boolean isMarker = source.startsWith("---") || source.startsWith("...") || source.startsWith("%");
        return isMarker ? Kind.MARKER : Kind.UNKNOWN;
    }

    String source() {
        return source;
    }

    Kind kind() {
        return kind;
    }

    int indent() {
        return indent;
    }

    void indent(int spaces) {
        indent = spaces;
    }

    int sourceIndent() {
        int spaces = 0;
        while (spaces < source.length() && source.charAt(spaces) == ' ') {
            spaces++;
        }
        return spaces;
    }

    void entry(int newIndent, String newKey) {
        kind = Kind.ENTRY;
        indent = newIndent;
        key = newKey;
        valueColumn = width(newKey) + 1;
    }

    void value(String newValue) {
        value = newValue;
    }

    String value() {
        return value;
    }

    void comment(String newComment, int column) {
        comment = newComment;
        commentColumn = column;
    }

    boolean hasComment() {
        return !comment.isEmpty();
    }

    int commentColumn() {
        return commentColumn;
    }

    void commentColumn(int column) {
        commentColumn = column;
    }

    void continues(Line first) {
        kind = Kind.CONTINUED;
        head = first;
    }

    int keyWidth() {
        return width(key);
    }

    void valueColumn(int column) {
        valueColumn = column;
    }

    int codeWidth() {
        return width(code());
    }

    String text() {
        return switch (kind) {
            case BLANK -> "";
            case COMMENT -> " ".repeat(indent) + source.strip();
            case ENTRY -> hasComment() ? padded(code(), commentColumn) + comment : code();
            case CONTINUED -> head == null ? source : shifted(head.indent - head.sourceIndent());
            case MARKER, UNKNOWN -> source.stripTrailing();
        };
    }

    private String code() {
        String start = " ".repeat(indent) + key;
        return value.isEmpty() ? start : padded(start, indent + valueColumn) + value;
    }

    private String shifted(int spaces) {
        if (source.isEmpty() || spaces == 0) {
            return source;
        }
        return spaces > 0 ? " ".repeat(spaces) + source : source.substring(Math.min(-spaces, sourceIndent()));
    }

    private static String padded(String start, int column) {
        return start + " ".repeat(Math.max(1, column - width(start)));
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
