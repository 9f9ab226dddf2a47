package dev.fairlead.planner;

/**
 * A number with its unit, as a range whose ends are equal when one number was written.
 *
 * @param low in the base unit of what is measured: pieces, per second, bytes, seconds, or a share of one
 * @param high not below {@code low}
 * @param text as written in the plan
 */
public record Quantity(double low, double high, String text) {

    /** A single number. */
    static Quantity of(double value, String text) {
        return new Quantity(value, value, text);
    }

    /** The number to reckon with: the middle of a range. */
    public double middle() {
        return low + (high - low) / 2;
    }

    /** So many times as much. */
    public Quantity times(double factor) {
        return factor == 1 ? this : new Quantity(low * factor, high * factor, text + " x " + Figures.number(factor));
    }

    /** Whether two different ends were written. */
    public boolean isRange() {
        return low < high;
    }

    @Override
    public String toString() {
        return text;
    }
}
