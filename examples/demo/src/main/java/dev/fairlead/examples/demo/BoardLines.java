package dev.fairlead.examples.demo;

import java.util.ArrayList;
import java.util.List;

/** The lines of the board: at most 79 wide and 23 high, so that they fit the smallest terminal in use. */
final class BoardLines {
    private static final int HEIGHT = 23;

    private final Paint paint;

    BoardLines(Paint paint) {
        this.paint = paint;
    }

    List<String> of(Scene scene, List<String> news, List<DemoResult.Check> verdicts) {
        List<String> lines = new ArrayList<>(scene.lines(paint));
        lines.add("");
        String lead = "▶ ";
        for (String line : news) {
            for (String part : Wrapped.lines(line, Display.WIDTH - 2)) {
                lines.add(paint.bold(lead + part));
                lead = "  ";
            }
        }
        int room = Math.max(1, HEIGHT - lines.size());
        int left = Math.max(0, verdicts.size() - room);
        verdicts.subList(left, verdicts.size())
                .forEach(check -> lines.add(
                        mark(check) + " " + Wrapped.cut(check.name() + ": " + check.detail(), Display.WIDTH - 2)));
        return lines;
    }

    /** The closing table: verdicts with all that was seen, and the figures. */
    List<String> summary(DemoResult result) {
        int column = result.checks().stream()
                        .mapToInt(check -> check.name().length())
                        .max()
                        .orElse(0)
                + 1;
        List<String> lines = new ArrayList<>();
        for (DemoResult.Check check : result.checks()) {
            String name = mark(check) + " " + paint.bold(Printed.text("%-" + column + "s", check.name()));
            for (String part : Wrapped.lines(check.detail(), Display.WIDTH - 2 - column)) {
                lines.add(name + part);
                name = " ".repeat(2 + column);
            }
        }
        lines.add("");
        lines.addAll(Wrapped.lines(Printed.figures(result.figures()), Display.WIDTH));
        lines.add("");
        lines.add(result.passed() ? paint.good(result.verdict()) : paint.bad(result.verdict()));
        return lines;
    }

    private String mark(DemoResult.Check check) {
        return check.passed() ? paint.good("✔") : paint.bad("✘");
    }
}
