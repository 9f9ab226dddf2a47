package dev.fairlead.planner;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads quantities as people write them: {@code 400/s}, {@code 3k..5k/s}, {@code 2 million}, {@code 1.2KB}, {@code rarely}. */
final class QuantityText {
    /** What the words for rates are worth, per second. */
    static final Map<String, Double> ORDINALS =
            Map.of("never", 0.0, "rarely", 1.0 / 86_400, "sometimes", 1.0 / 60, "often", 1.0, "constantly", 100.0);

    private static final int LONGEST = 64;
    private static final BigDecimal LARGEST = new BigDecimal("1e15");
    private static final Map<String, BigDecimal> MULTIPLIERS = Map.of(
            "k", new BigDecimal("1e3"),
            "K", new BigDecimal("1e3"),
            "thousand", new BigDecimal("1e3"),
            "M", new BigDecimal("1e6"),
            "million", new BigDecimal("1e6"),
            "billion", new BigDecimal("1e9"));
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?) ?([A-Za-z]*) ?([/%A-Za-z]*)");

    private QuantityText() {}

    /** Says why a text is no quantity, with what to do. */
    static final class BadQuantity extends Exception {
        private static final long serialVersionUID = 1L;

        BadQuantity(String message) {
            super(message, null, false, false);
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    private record Part(BigDecimal number, String unit) {}

    static Quantity read(Measure measure, String text) throws BadQuantity {
        String written = text.strip();
        Double ordinal = measure == Measure.RATE ? ORDINALS.get(written) : null;
        if (ordinal != null) {
            return Quantity.of(ordinal, written);
        }
        if (written.length() > LONGEST) {
            throw bad(measure, written, "is not " + measure.title());
        }
        int dots = written.indexOf("..");
        return dots < 0
                ? Quantity.of(value(measure, part(measure, written, written), written), written)
                : range(measure, written, dots);
    }

    private static Quantity range(Measure measure, String written, int dots) throws BadQuantity {
        if (!measure.mayBeRange()) {
            throw bad(measure, written, "is a range, but one number is needed");
        }
        Part high = part(measure, written.substring(dots + 2).strip(), written);
        Part low = part(measure, written.substring(0, dots).strip(), written);
        if (low.unit().isEmpty()) {
            low = new Part(low.number(), high.unit());
        }
        Quantity range = new Quantity(value(measure, low, written), value(measure, high, written), written);
        if (range.low() > range.high()) {
            throw bad(measure, written, "is a range from more to less; write the smaller number first");
        }
        return range;
    }

    private static Part part(Measure measure, String text, String written) throws BadQuantity {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            throw bad(measure, written, "is not " + measure.title());
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        BigDecimal multiplier = measure.mayBeMultiplied() ? MULTIPLIERS.get(matcher.group(2)) : null;
        return multiplier == null
                ? new Part(number, matcher.group(2) + matcher.group(3))
                : new Part(number.multiply(multiplier), matcher.group(3));
    }

    private static double value(Measure measure, Part part, String written) throws BadQuantity {
        BigDecimal factor = measure.units().get(part.unit());
        if (factor == null) {
            throw bad(
                    measure,
                    written,
                    part.unit().isEmpty()
                            ? "has no unit"
                            : "has the unit `" + part.unit() + "`, which is not known here");
        }
        BigDecimal value = part.number().multiply(factor);
        if (value.compareTo(LARGEST) > 0) {
            throw bad(measure, written, "is too large");
        }
        if (measure == Measure.COUNT && value.stripTrailingZeros().scale() > 0) {
            throw bad(measure, written, "is not a whole number");
        }
        return value.doubleValue();
    }

    private static BadQuantity bad(Measure measure, String written, String fault) {
        return new BadQuantity(Printable.quoted(written) + " " + fault + " (write " + measure.examples() + ")");
    }
}
