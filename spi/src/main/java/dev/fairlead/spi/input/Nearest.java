package dev.fairlead.spi.input;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody who mistyped one probably meant. */
public final class Nearest {
    private static final int LONGEST = 100;

    private Nearest() {}

    /** What to do about a word that is not known: the nearest known one, or all of them when they are few. */
    public static String remedy(String word, Collection<String> known) {
        return find(word, known)
                .map(nearest -> "did you mean `" + nearest + "`?")
                .orElseGet(() -> known.isEmpty() ? "there are none" : "known here: " + few(known));
    }

    /** The nearest known word, if one is near: at most a third of its characters differ. */
    public static Optional<String> find(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        int tolerated = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(each -> Math.abs(each.length() - word.length()) <= tolerated)
                .filter(each -> distance(word, each) <= tolerated)
                .min(Comparator.<String>comparingInt(each -> distance(word, each))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String few(Collection<String> known) {
        String shown = String.join(", ", known.stream().limit(20).toList());
        return known.size() > 20 ? shown + ", …" : shown;
    }

    /** How many characters must be inserted, removed, replaced or swapped with their neighbour. */
    private static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = last[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(last[column], current[column - 1]) + 1);
                if (isSwap(from, row, to, column)) {
                    current[column] = Math.min(current[column], beforeLast[column - 2] + 1);
                }
            }
            beforeLast = last;
            last = current;
        }
        return last[to.length()];
    }

    private static boolean isSwap(String from, int row, String to, int column) {
        return row > 1
                && column > 1
                && from.charAt(row - 1) == to.charAt(column - 2)
                && from.charAt(row - 2) == to.charAt(column - 1);
    }
}
