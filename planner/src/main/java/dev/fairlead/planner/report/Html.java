package dev.fairlead.planner.report;

import dev.fairlead.planner.Printable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Builds HTML; every text and every value of an attribute goes through one escape, and there is no other way in. */
public final class Html {
    private final StringBuilder page = new StringBuilder();

    /** Opens an element; {@code attributes} are names and values in turn. */
    public Html open(String element, String... attributes) {
        page.append('<').append(element);
        for (int each = 0; each < attributes.length; each += 2) {
            page.append(' ').append(attributes[each]).append("=\"");
            page.append(escaped(attributes[each + 1])).append('"');
        }
        page.append('>');
        return this;
    }

    /** Ends an element. */
    public Html close(String element) {
        page.append("</").append(element).append(">\n");
        return this;
    }

    /** Text between elements. */
    public Html text(String text) {
        page.append(escaped(text));
        return this;
    }

    /** Text in which names in back quotes, as our messages have them, are shown as code. */
    public Html message(String message) {
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
    public Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /** What was written by the project itself: a style sheet, a script, or a page's head. */
    public Html trusted(String markup) {
        page.append(markup);
        return this;
    }

    /** What was built so far. */
    public String markup() {
        return page.toString();
    }

    /** The name by which a page's policy allows one script or style sheet: {@code sha256-…}. */
    public static String policyName(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
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
