package dev.fairlead.examples.trading;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of the board: at most 79 wide and 23 high, so that they fit the smallest terminal in use. */
final class BoardLines {
    static final int WIDTH = 79;

    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String ROW = "%-12s %-7s %6s %5s %5s %9s %9s %9s %5s";
    private static final int STATE_FROM = 13;
    private static final int STATE_TO = 20;

    private final Paint paint;

    BoardLines(Paint paint) {
        this.paint = paint;
    }

    List<String> of(Scene scene, List<String> news, List<TradingResult.Check> verdicts) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.bold(cut(Printed.text(
                "fairlead demo trading   %,.0f × Bitstamp, %d instruments   %.1f of %.0f s",
                scene.speed(), Instruments.COUNT, seconds(scene.elapsed()), seconds(scene.length())))));
        lines.add(cut(Printed.text(
                "%s UTC   %s %s   %s quotes published",
                FILE_TIME.format(scene.fileTime()),
                Instruments.BITCOIN,
                scene.market().quote(),
                Printed.count(scene.market().published()))));
        lines.add("");
        lines.add(paint.dim(Printed.text(
                ROW, "quote", "health", "age", "lag", "keys", "applied", "delivered", "conflated", "gaps")));
        scene.rows().stream()
                .filter(row -> row.item().equals("quote"))
                .map(this::row)
                .forEach(lines::add);
        lines.add(others(scene));
        lines.add("");
        lines.add(use(scene.use()));
        lines.add("");
        String lead = "▶ ";
        for (String line : news) {
            for (String part : Wrapped.lines(line, WIDTH - 2)) {
                lines.add(paint.bold(lead + part));
                lead = "  ";
            }
        }
        verdicts.forEach(check -> lines.add(mark(check) + " " + cut(check.name() + ": " + check.detail(), WIDTH - 2)));
        return lines;
    }

    private String row(Scene.Row row) {
        String line = Printed.text(
                ROW,
                row.reader(),
                row.health().state(),
                Printed.age(row.health().age()),
                Printed.brief(row.health().lag()),
                Printed.brief(row.keys()),
                Printed.count(row.counts().applied()),
                Printed.count(row.counts().delivered()),
                Printed.count(row.counts().conflated()),
                Printed.brief(row.counts().gaps()));
        return line.substring(0, STATE_FROM)
                + paint.health(row.health().state(), line.substring(STATE_FROM, STATE_TO))
                + line.substring(STATE_TO);
    }

    /** The copies of the other item, which hardly ever changes, in one line. */
    private String others(Scene scene) {
        StringBuilder line = new StringBuilder(paint.dim("instrument  "));
        for (Scene.Row row : scene.rows()) {
            if (!row.item().equals("quote")) {
                String state = row.health().state().name();
                line.append(' ')
                        .append(row.reader())
                        .append(' ')
                        .append(paint.health(row.health().state(), state));
            }
        }
        return line.toString();
    }

    private static String use(Scene.OfReaders use) {
        Duration age = use.valuation().age();
        return cut(Printed.text(
                "orders: %s sent, %s refused   portfolio: %,.2f%s",
                Printed.count(use.sent()),
                Printed.count(use.refused()),
                use.valuation().total(),
                age.isZero() ? "" : ", " + Printed.age(age) + " old"));
    }

    /** The closing table: verdicts with all that was seen, and the figures. */
    List<String> summary(TradingResult result) {
        int column = result.checks().stream()
                        .mapToInt(check -> check.name().length())
                        .max()
                        .orElse(0)
                + 1;
        List<String> lines = new ArrayList<>();
        for (TradingResult.Check check : result.checks()) {
            String name = mark(check) + " " + paint.bold(Printed.text("%-" + column + "s", check.name()));
            for (String part : Wrapped.lines(check.detail(), WIDTH - 2 - column)) {
                lines.add(name + part);
                name = " ".repeat(2 + column);
            }
        }
        lines.add("");
        lines.addAll(Wrapped.lines(Printed.figures(result.figures()), WIDTH));
        lines.add("");
        lines.add(result.passed() ? paint.good(result.verdict()) : paint.bad(result.verdict()));
        return lines;
    }

    private String mark(TradingResult.Check check) {
        return check.passed() ? paint.good("✔") : paint.bad("✘");
    }

    private static String cut(String line) {
        return cut(line, WIDTH);
    }

    private static String cut(String line, int width) {
        return line.length() > width ? line.substring(0, width - 1) + "…" : line;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
