package dev.fairlead.planner;

import java.math.BigDecimal;
import java.math.MathContext;

/** Writes numbers for people: few digits, the same on every machine. */
public final class Figures {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Figures() {}

    public static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        return new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    }

    public static String bytes(double value) {
        String[] units = {"B", "KB", "MB", "GB", "TB"};
        double scaled = value;
        int unit = 0;
        while (scaled >= 1_000 && unit < units.length - 1) {
            scaled /= 1_000;
            unit++;
        }
        return number(new BigDecimal(scaled).round(THREE_DIGITS).doubleValue()) + " " + units[unit];
    }
}
