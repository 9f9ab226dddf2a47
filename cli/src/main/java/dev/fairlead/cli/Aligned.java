package dev.fairlead.cli;

import java.util.List;

/** Rows as lines whose columns stand below each other. */
final class Aligned {
    private static final int GAP = 2;

    private Aligned() {}

    static List<String> of(List<String[]> rows) {
        int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + GAP));
        }
        return line.toString().stripTrailing();
    }
}
