package dev.fairlead.planner;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** Writes numbers for people: few digits, the same on every machine. */
public final class Figures {
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final double THOUSAND = 1_000;
    /** Less than half: what is scaled is that exact. */
    private static final double CLEAR = 0.499;

    private Figures() {}

    public static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        return usual(value)
                .orElseGet(() -> new BigDecimal(value)
                        .round(THREE_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString());
    }

    /** The same by plain arithmetic, for numbers with up to three digits on either side; none close to where rounding turns. */
    private static Optional<String> usual(double value) {
        double power = value >= 100 ? 1 : value >= 10 ? 10 : value >= 1 ? 100 : value >= 0.1 ? 1_000 : 0;
        double scaled = value * power;
        double rounded = Math.rint(scaled);
        boolean isClear = Math.abs(scaled - rounded) < CLEAR;
        if (power == 0 || value >= THOUSAND || !isClear || rounded >= THOUSAND) {
            return Optional.empty();
        }
        String digits = Long.toString((long) (power + rounded % power)).substring(1);
        int kept = digits.length();
        while (kept > 0 && digits.charAt(kept - 1) == '0') {
            kept--;
        }
        String whole = Long.toString((long) (rounded / power));
        return Optional.of(kept == 0 ? whole : whole + "." + digits.substring(0, kept));
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
