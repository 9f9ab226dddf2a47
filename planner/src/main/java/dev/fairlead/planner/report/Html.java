package dev.fairlead.planner.report;

import dev.fairlead.planner.Printable;

/** Builds HTML; every text and every value of an attribute goes through one escape, and there is no other way in. */
final class Html {
    private final StringBuilder page = new StringBuilder();

    /** Opens an element; {@code attributes} are names and values in turn. */
    Html open(String element, String... attributes) {
        page.append('<').append(element);
        for (int each = 0; each < attributes.length; each += 2) {
            page.append(' ').append(attributes[each]).append("=\"");
            page.append(escaped(attributes[each + 1])).append('"');
        }
        page.append('>');
        return this;
    }

    Html close(String element) {
        page.append("</").append(element).append(">\n");
        return this;
    }

    Html text(String text) {
        page.append(escaped(text));
        return this;
    }

    /** Text in which names in back quotes, as our messages have them, are shown as code. */
    Html message(String message) {
        String[] parts = message.split("`", -1);
        for (int each = 0; each < parts.length; each++) {
            boolean isCode = each % 2 == 1 && each < parts.length - 1;
            if (isCode) {
                open("code").text(parts[each]).trusted("</code>");
            } else {
                text(each % 2 == 1 ? "`" + parts[each] : parts[each]);
            }
        }
        return this;
    }

    /** An element with nothing but text in it. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /** What was written by the project itself: a style sheet, a script, or a page's head. */
    Html trusted(String markup) {
        page.append(markup);
        return this;
    }

    String markup() {
        return page.toString();
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        Printable.escaped(text).chars().forEach(character -> {
            switch (character) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append((char) character);
            }
        });
        return safe.toString();
    }
}
