package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.CopyRow;
import dev.fairlead.examples.demo.Display;
import dev.fairlead.examples.demo.Paint;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Scene;
import dev.fairlead.examples.demo.Wrapped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What there is to see of the market at one moment.
 *
 * @param elapsed since the market opened
 * @param length of the run
 * @param speed of the file
 * @param fileTime up to which the file is played
 * @param market the state of the owner
 * @param copies one row for each
 * @param use what readers do with their copies
 */
record MarketScene(
        Duration elapsed,
        Duration length,
        double speed,
        Instant fileTime,
        OfMarket market,
        List<CopyRow> copies,
        OfReaders use)
        implements Scene {
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The real instrument's quote, and how many quotes were published. */
    record OfMarket(String quote, long published) {}

    /** Orders of order-entry, and the portfolio's value. */
    record OfReaders(long sent, long refused, Portfolio.Valuation valuation) {}

    @Override
    public List<String> lines(Paint paint) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.bold(cut(Printed.text(
                "fairlead demo trading   %,.0f × Bitstamp, %d instruments   %.1f of %.0f s",
                speed, Instruments.COUNT, seconds(elapsed), seconds(length)))));
        lines.add(cut(Printed.text(
                "%s UTC   %s %s   %s quotes published",
                FILE_TIME.format(fileTime), Instruments.BITCOIN, market.quote(), Printed.count(market.published()))));
        lines.add("");
        lines.add(CopyRow.heading("quote", paint));
        StringBuilder others = new StringBuilder(paint.dim("instrument  "));
        for (CopyRow copy : copies) {
            if (copy.item().equals("quote")) {
                lines.add(copy.line(paint));
            } else {
                others.append(' ').append(copy.brief(paint));
            }
        }
        lines.add(others.toString());
        lines.add("");
        lines.add(used());
        return lines;
    }

    private String used() {
        Duration age = use.valuation().age();
        return cut(Printed.text(
                "orders: %s sent, %s refused   portfolio: %,.2f%s",
                Printed.count(use.sent()),
                Printed.count(use.refused()),
                use.valuation().total(),
                age.isZero() ? "" : ", " + Printed.age(age) + " old"));
    }

    private static String cut(String line) {
        return Wrapped.cut(line, Display.WIDTH);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
