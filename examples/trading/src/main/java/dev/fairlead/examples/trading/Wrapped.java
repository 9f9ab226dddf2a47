package dev.fairlead.examples.trading;

import java.util.ArrayList;
import java.util.List;

/** Texts in lines of limited width. */
final class Wrapped {
    private Wrapped() {}

    /** The text broken at spaces, or within a word that is wider than a line. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }
}
