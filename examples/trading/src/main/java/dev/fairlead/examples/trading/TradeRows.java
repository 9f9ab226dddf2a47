package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.Printed;
import java.math.BigDecimal;
import java.math.RoundingMode;

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
    private static final int LONGEST_SECOND = 11;
    private static final int LONGEST_NUMBER = 30;

    private long latest = Long.MIN_VALUE;

    Trade trade(String row) throws BadRow {
        String[] cells = row.split(",", -1);
        if (cells.length != 3) {
            throw new BadRow(cells.length + " cells instead of timestamp,price,amount");
        }
        long second = Long.parseLong(digits("timestamp", cells[0]));
        BigDecimal price = new BigDecimal(number("price", cells[1])).setScale(2, RoundingMode.HALF_EVEN);
        double amount = Double.parseDouble(number("amount", cells[2]));
        if (price.signum() <= 0 || price.compareTo(HIGHEST) > 0) {
            throw new BadRow("the price " + Printed.quoted(cells[1]) + " is not between 0.01 and " + HIGHEST);
        }
        if (second < latest) {
            throw new BadRow("the time " + second + " is before the previous row's " + latest);
        }
        latest = second;
        return new Trade(second, price, amount);
    }

    private static String digits(String cell, String text) throws BadRow {
        return checked(cell, text, LONGEST_SECOND, 0);
    }

    private static String number(String cell, String text) throws BadRow {
        return checked(cell, text, LONGEST_NUMBER, 1);
    }

    /** The text itself when it is digits with at most so many points between them. */
    private static String checked(String cell, String text, int longest, int points) throws BadRow {
        int left = points;
        boolean isNumber = !text.isEmpty() && text.length() <= longest;
        for (int i = 0; i < text.length() && isNumber; i++) {
            char c = text.charAt(i);
            boolean isInside = i > 0 && i < text.length() - 1;
            isNumber = c >= '0' && c <= '9' || c == '.' && isInside && left-- > 0;
        }
        if (!isNumber) {
            throw new BadRow("the " + cell + " " + Printed.quoted(text) + " is not a number");
        }
        return text;
    }
}
