package dev.fairlead.planner;

import java.util.List;
import java.util.Random;

/** Writes untidy files from one seed: odd indentation, comments, blank lines, braces, texts of several lines. */
final class RandomPlanText {
    private static final List<String> KEYS =
            List.of("fields", "events", "shares", "kind", "why", "mechanisms", "customerId", "a", "question");
    private static final List<String> SCALARS = List.of(
            "string",
            "enum(a,b)",
            "decimal(12, 2)",
            "'quoted: text'",
            "\"double # not a comment\"",
            "400/s",
            "\"\"",
            "x y");

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int names;

    RandomPlanText(Random random) {
        this.random = random;
    }

    String text() {
        mapping(0, 3);
        noise(0);
        return text.toString();
    }

    private void mapping(int indent, int depth) {
        int entries = 1 + random.nextInt(4);
        for (int entry = 0; entry < entries; entry++) {
            noise(indent);
            text.append(" ".repeat(indent)).append(key()).append(random.nextInt(9) == 0 ? " :" : ":");
            value(indent, depth);
        }
    }

    private void value(int indent, int depth) {
        switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0, 1 -> line(pick(SCALARS));
            case 2 -> line(flow(2));
            case 3 -> lines(indent);
            case 4 -> list(indent);
            default -> {
                comment();
                mapping(indent + 1 + random.nextInt(5), depth - 1);
            }
        }
    }

    private void line(String value) {
        text.append(spaces(1)).append(value);
        comment();
    }

    private void lines(int indent) {
        String inner = " ".repeat(indent + 1 + random.nextInt(4));
        switch (random.nextInt(3)) {
            case 0 ->
                text.append(" |\n")
                        .append(inner)
                        .append("first\n")
                        .append(inner)
                        .append("   second\n");
            case 1 ->
                text.append(" >-\n")
                        .append(inner)
                        .append("first\n\n")
                        .append(inner)
                        .append("second\n");
            default -> text.append(" plain\n").append(inner).append("goes on\n");
        }
    }

    private void list(int indent) {
        comment();
        String inner = " ".repeat(indent + random.nextInt(3));
        for (int element = 0; element <= random.nextInt(3); element++) {
            text.append(inner).append('-');
            line(pick(SCALARS));
        }
    }

    private String flow(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return pick(SCALARS);
        }
        StringBuilder flow = new StringBuilder();
        boolean isMapping = random.nextBoolean();
        for (int element = random.nextInt(4); element > 0; element--) {
            flow.append(flow.isEmpty() ? "" : "," + spaces(0)).append(spaces(0));
            flow.append(isMapping ? key() + ":" + spaces(1) : "")
                    .append(flow(depth - 1))
                    .append(spaces(0));
        }
        return isMapping ? "{" + flow + "}" : "[" + flow + "]";
    }

    private void noise(int indent) {
        switch (random.nextInt(6)) {
            case 0 -> text.append("\n".repeat(random.nextInt(3)));
            case 1 ->
                text.append(" ".repeat(random.nextInt(indent + 3)))
                        .append("# alone ")
                        .append(names++)
                        .append('\n');
            default -> {
                // Most lines follow each other without anything between.
            }
        }
    }

    private void comment() {
        if (random.nextInt(3) == 0) {
            text.append(spaces(1)).append("# behind ").append(names++);
        }
        text.append(random.nextInt(5) == 0 ? "  \n" : "\n");
    }

    private String key() {
        return random.nextInt(3) == 0 ? "n" + names++ : pick(KEYS) + names++;
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String spaces(int atLeast) {
        return " ".repeat(atLeast + random.nextInt(3));
    }
}
