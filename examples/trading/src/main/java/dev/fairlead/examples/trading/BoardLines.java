package dev.fairlead.examples.trading;

import dev.fairlead.api.Health;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of the board; none is wider than 79 characters. */
final class BoardLines {
    static final int WIDTH = 79;

    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String ROW = "%-12s %-7s %6s %5s %5s %9s %9s %9s %5s";

    private final Paint paint;

    BoardLines(Paint paint) {
        this.paint = paint;
    }

    List<String> of(Scene scene, String story, List<String> events, List<TradingResult.Check> verdicts) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.bold(cut("fairlead demo trading   %,.0f × Bitstamp, %d instruments   %4.1f of %.0f s"
                .formatted(scene.speed(), Instruments.COUNT, seconds(scene.elapsed()), seconds(scene.length())))));
        lines.add(cut("%s   %s %s   %s quotes published"
                .formatted(
                        FILE_TIME.format(scene.fileTime()),
                        Instruments.BITCOIN,
                        scene.market().quote(),
                        Printed.count(scene.market().published()))));
        lines.add("");
        rows(lines, scene, "quote", FeedHandler.NAME);
        rows(lines, scene, "instrument", Reference.NAME);
        Portfolio.Valuation valuation = scene.use().valuation();
        lines.add(cut("orders: %s sent, %s refused   portfolio: %,.2f%s"
                .formatted(
                        Printed.count(scene.use().sent()),
                        Printed.count(scene.use().refused()),
                        valuation.total(),
                        valuation.age().isZero() ? "" : ", " + Printed.age(valuation.age()) + " old")));
        lines.add("");
        wrapped(lines, "▶ ", story, paint::bold);
        events.forEach(event -> wrapped(lines, "  ", event, paint::dim));
        verdicts.forEach(check -> verdict(lines, check));
        return lines;
    }

    private void rows(List<String> lines, Scene scene, String item, String owner) {
        lines.add(paint.dim(
                ROW.formatted(item, "health", "age", "lag", "keys", "applied", "delivered", "conflated", "gaps")));
        for (Scene.Row row : scene.rows()) {
            if (row.item().equals(item)) {
                lines.add(row(row));
            }
        }
        lines.add("");
    }

    private String row(Scene.Row row) {
        Health health = row.health();
        String line = ROW.formatted(
                row.reader(),
                health.state(),
                Printed.age(health.age()),
                Printed.count(health.lag()),
                Printed.count(row.keys()),
                Printed.count(row.counts().applied()),
                Printed.count(row.counts().delivered()),
                Printed.count(row.counts().conflated()),
                Printed.count(row.counts().gaps()));
        int at = 13;
        String state = line.substring(at, at + 7);
        return line.substring(0, at) + paint.health(health.state(), state) + line.substring(at + 7);
    }

    void verdict(List<String> lines, TradingResult.Check check) {
        String mark = check.passed() ? paint.good("✔") : paint.bad("✘");
        List<String> text = wrap(check.name() + ": " + check.detail(), WIDTH - 2);
        lines.add(mark + " " + text.getFirst());
        text.stream().skip(1).forEach(rest -> lines.add("  " + rest));
    }

    private static void wrapped(
            List<String> lines, String first, String text, java.util.function.UnaryOperator<String> painted) {
        String lead = first;
        for (String line : wrap(text, WIDTH - 2)) {
            lines.add(painted.apply(lead + line));
            lead = "  ";
        }
    }

    /** The text in lines of at most this width, broken at spaces. */
    static List<String> wrap(String text, int width) {
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

    private static String cut(String line) {
        return line.length() > WIDTH ? line.substring(0, WIDTH) : line;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
