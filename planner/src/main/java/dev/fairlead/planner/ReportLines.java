package dev.fairlead.planner;

/** Builds text in columns and breaks long lines between words; for one thread. */
public final class ReportLines {
    private static final int WIDTH = 100;
    private static final int HEAD = 11;
    private static final int DETAIL = 23;

    private final StringBuilder text = new StringBuilder();

    /** An empty line. */
    public void blank() {
        text.append('\n');
    }

    /** A line without a label. */
    public void line(String line) {
        wrapped("", line, 0);
    }

    /** A line with its label in the first column. */
    public void head(String label, String rest) {
        wrapped(padded("  " + label, HEAD), rest, HEAD);
    }

    /** A line below a head, with its label in the second column. */
    public void detail(String label, String rest) {
        wrapped(padded(" ".repeat(HEAD) + label, DETAIL), rest, DETAIL);
    }

    /** A line below a head that has the second and third columns for itself. */
    public void below(String rest) {
        wrapped(" ".repeat(HEAD), rest, HEAD);
    }

    /** A line that is not broken. */
    public void row(String row) {
        text.append(row.stripTrailing()).append('\n');
    }

    /** All lines so far. */
    public String text() {
        return text.toString();
    }

    /** The label, with at least one space after it. */
    public static String padded(String label, int width) {
        return label + " ".repeat(Math.max(1, width - label.length()));
    }

    private void wrapped(String start, String rest, int indent) {
        if (start.length() + rest.length() <= WIDTH) {
            text.append((start + rest).stripTrailing()).append('\n');
            return;
        }
        StringBuilder line = new StringBuilder(start);
        boolean isEmpty = true;
        for (String word : rest.split(" ", -1)) {
            if (!isEmpty && line.length() + 1 + word.length() > WIDTH) {
                text.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(" ".repeat(indent));
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
