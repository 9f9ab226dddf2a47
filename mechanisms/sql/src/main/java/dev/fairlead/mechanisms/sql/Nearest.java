package dev.fairlead.mechanisms.sql;

import java.util.Comparator;
import java.util.List;

/** Finds the known word that a wrong one probably meant, by edit distance. */
final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    static String of(String wrong, List<String> known) {
        String word = wrong.substring(0, Math.min(wrong.length(), LONGEST));
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .orElseThrow();
    }

    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
