package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.CopyRow;
import dev.fairlead.examples.demo.Display;
import dev.fairlead.examples.demo.Paint;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Scene;
import dev.fairlead.examples.demo.Wrapped;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What there is to see of the shop at one moment.
 *
 * @param elapsed since the first customer came
 * @param length for which they come
 * @param speed of the shop's history
 * @param shopTime up to which it is played
 * @param sales how many there are of each sort
 * @param copies one row for each
 * @param groups how far each is
 */
record ShopScene(
        Duration elapsed,
        Duration length,
        double speed,
        LocalDateTime shopTime,
        OfSales sales,
        List<CopyRow> copies,
        List<OfGroup> groups)
        implements Scene {
    private static final DateTimeFormatter SHOP_TIME = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ROOT);
    private static final List<String> IN_FULL = List.of("profile", "stock");

    /** How many sales there are, and how many of them are in the middle, done and failed. */
    record OfSales(long begun, long collecting, long paying, long done, long failed) {}

    /** A group, how many events it has before it, and how many are parked. */
    record OfGroup(String name, long behind, long parked) {}

    @Override
    public List<String> lines(Paint paint) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.bold(cut(Printed.text(
                "fairlead demo store   %,.0f × the shop   %s   %.1f s (customers come for %.0f s)",
                speed, SHOP_TIME.format(shopTime), seconds(elapsed), seconds(length)))));
        lines.add(cut(Printed.text(
                "sales: %s begun = %s done + %s failed + %s paying + %s collecting",
                Printed.count(sales.begun()),
                Printed.count(sales.done()),
                Printed.count(sales.failed()),
                Printed.count(sales.paying()),
                Printed.count(sales.collecting()))));
        lines.add("");
        for (String item : IN_FULL) {
            lines.add(CopyRow.heading(item, paint));
            copies.stream().filter(copy -> copy.item().equals(item)).forEach(copy -> lines.add(copy.line(paint)));
        }
        StringBuilder others = new StringBuilder();
        for (String item : List.of("product", "price")) {
            others.append(paint.dim(item));
            for (CopyRow copy : copies) {
                if (copy.item().equals(item)) {
                    others.append(' ').append(copy.brief(paint));
                }
            }
            others.append("   ");
        }
        lines.add(others.toString());
        StringBuilder groupLine = new StringBuilder();
        for (OfGroup group : groups) {
            groupLine.append(group.name()).append(' ').append(Printed.brief(group.behind()));
            groupLine.append(group.parked() == 0 ? "  " : " (" + Printed.brief(group.parked()) + " parked)  ");
        }
        Wrapped.lines("behind: " + groupLine.toString().strip(), Display.WIDTH).forEach(lines::add);
        return lines;
    }

    private static String cut(String line) {
        return Wrapped.cut(line, Display.WIDTH);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
