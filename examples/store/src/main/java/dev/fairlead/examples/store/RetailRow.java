package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.Printed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes one line of an invoice of the cells of a row, or says which cell is wrong. */
record RetailRow(
        String invoice, LocalDateTime time, @Nullable String customer, String country, Invoice.Line line) {
    static final List<String> HEADER = List.of(
            "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country");

    private static final Pattern INVOICE = Pattern.compile("[AC]?[0-9]{6}");
    private static final Pattern SKU = Pattern.compile("[\\p{Graph} ]{1,20}");
    private static final Pattern QUANTITY = Pattern.compile("-?[0-9]{1,6}");
    private static final Pattern PRICE = Pattern.compile("-?[0-9]{1,7}(\\.[0-9]{1,6})?");
    private static final Pattern CUSTOMER = Pattern.compile("([0-9]{1,9})(\\.0)?");
    private static final int LONGEST_TEXT = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** A cell that is wrong. */
    static final class BadCell extends Exception {
        private static final long serialVersionUID = 1L;

        private final int cell;

        BadCell(int cell, String why) {
            super(why, null, false, false);
            this.cell = cell;
        }

        /** From 0. */
        int cell() {
            return cell;
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    static RetailRow of(List<String> cells) throws BadCell {
        if (cells.size() != HEADER.size()) {
            throw new BadCell(
                    0,
                    cells.size() + " cells instead of the " + HEADER.size() + " of " + String.join(",", HEADER)
                            + " (put texts with commas in quotes)");
        }
        String customer = cells.get(6);
        return new RetailRow(
                matching(cells, 0, INVOICE, "six digits, perhaps with a C or A before them"),
                time(cells.get(4)),
                customer.isEmpty() ? null : customer(cells),
                text(cells, 7, 1),
                new Invoice.Line(
                        matching(cells, 1, SKU, "1 to 20 characters"),
                        text(cells, 2, 0).strip(),
                        Integer.parseInt(matching(cells, 3, QUANTITY, "a whole number of at most six digits")),
                        new BigDecimal(matching(cells, 5, PRICE, "a number such as 2.55"))
                                .setScale(2, RoundingMode.HALF_EVEN)));
    }

    private static String customer(List<String> cells) throws BadCell {
        String text = matching(cells, 6, CUSTOMER, "empty or a number");
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String matching(List<String> cells, int cell, Pattern form, String wanted) throws BadCell {
        String text = cells.get(cell);
        if (!form.matcher(text).matches()) {
            throw new BadCell(cell, HEADER.get(cell) + " is " + Printed.quoted(text) + " (it must be " + wanted + ")");
        }
        return text;
    }

    private static String text(List<String> cells, int cell, int shortest) throws BadCell {
        String text = cells.get(cell);
        if (text.length() < shortest || text.length() > LONGEST_TEXT) {
            throw new BadCell(
                    cell,
                    HEADER.get(cell) + " has " + text.length() + " characters (it must have " + shortest + " to "
                            + LONGEST_TEXT + ")");
        }
        return text;
    }

    private static LocalDateTime time(String text) throws BadCell {
        try {
            return LocalDateTime.parse(text, TIME);
        } catch (DateTimeParseException e) {
            throw new BadCell(
                    4, HEADER.get(4) + " is " + Printed.quoted(text) + " (it must be as 2010-12-01 08:26:00)");
        }
    }
}
