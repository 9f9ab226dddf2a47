package dev.fairlead.examples.trading;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Makes trades of rows {@code timestamp,price,amount}. For one thread, since a row's time may not be before the last good one's. */
final class TradeRows {
    /** A row that is no trade. */
    static final class BadRow extends Exception {
        private static final long serialVersionUID = 1L;

        BadRow(String why) {
            super(why, null, false, false);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    private static final BigDecimal HIGHEST = new BigDecimal("9999999999.99");
    private static final Pattern SECOND = Pattern.compile("[0-9]{1,11}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");

    private long latest = Long.MIN_VALUE;

    Trade trade(String row) throws BadRow {
        String[] cells = row.split(",", -1);
        if (cells.length != 3) {
            throw new BadRow(cells.length + " cells instead of timestamp,price,amount");
        }
        long second = Long.parseLong(checked(SECOND, "timestamp", cells[0]));
        BigDecimal price = new BigDecimal(checked(NUMBER, "price", cells[1])).setScale(2, RoundingMode.HALF_EVEN);
        double amount = Double.parseDouble(checked(NUMBER, "amount", cells[2]));
        if (price.signum() <= 0 || price.compareTo(HIGHEST) > 0) {
            throw new BadRow("the price " + Printed.quoted(cells[1]) + " is not between 0.01 and " + HIGHEST);
        }
        if (second < latest) {
            throw new BadRow("the time " + second + " is before the previous row's " + latest);
        }
        latest = second;
        return new Trade(second, price, amount);
    }

    private static String checked(Pattern pattern, String cell, String text) throws BadRow {
        if (!pattern.matcher(text).matches()) {
            throw new BadRow("the " + cell + " " + Printed.quoted(text) + " is not a number");
        }
        return text;
    }
}
