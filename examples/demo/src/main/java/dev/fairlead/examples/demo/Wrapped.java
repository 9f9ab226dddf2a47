package dev.fairlead.examples.demo;

import java.util.ArrayList;
import java.util.List;

/** Texts in lines of limited width. */
public final class Wrapped {
    private Wrapped() {}

    /** The text broken at spaces, or within a word that is wider than a line. */
    public static List<String> lines(String text, int width) {
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

    /** The text in one line, cut where it is too long. */
    public static String cut(String text, int width) {
        return text.length() > width ? text.substring(0, width - 1) + "…" : text;
    }
}
