package dev.fairlead.planner.coupling;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a plan stood when its baseline was written, which later plans may only better.
 *
 * <p>A file of one line for each warning and each measure, in the order of the alphabet, so that two branches that each better
 * something rarely touch the same line. Warnings are named by their rule and by what they are about, not by their place or their
 * words, so that moving a line changes nothing.
 *
 * @param measures by name; what is worse depends on the measure, see {@link Measure}
 */
public record Baseline(SortedMap<String, Double> measures) {
    private static final String FIRST = "baseline 1";
    private static final String HEAD = """
            # What is known of this plan and may only get better. Written by fairlead check --update-baseline.
            """ + FIRST + "\n";

    public Baseline {
        measures = Collections.unmodifiableSortedMap(new TreeMap<>(measures));
    }

    /** How a plan stands now. */
    public static Baseline of(JudgedPlan judged) {
        return new Baseline(new Measuring(judged).all());
    }

    /** The file's content; the same baseline gives the same text. */
    public String text() {
        StringBuilder text = new StringBuilder(HEAD);
        measures.forEach((name, value) -> text.append(name)
                .append(' ')
                .append(Measure.of(name).written(value))
                .append('\n'));
        return text.toString();
    }

    /**
     * Reads a file's content.
     *
     * @throws BaselineFault for the first line that does not belong there
     */
    public static Baseline read(String text) throws BaselineFault {
        SortedMap<String, Double> measures = new TreeMap<>();
        boolean isBegun = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!isBegun) {
                if (!line.equals(FIRST)) {
                    throw new BaselineFault(number, "a baseline begins with `" + FIRST + "`");
                }
                isBegun = true;
            } else {
                add(line, number, measures);
            }
        }
        if (!isBegun) {
            throw new BaselineFault(1, "a baseline begins with `" + FIRST + "`");
        }
        return new Baseline(measures);
    }

    private static void add(String line, int number, SortedMap<String, Double> measures) throws BaselineFault {
        int end = line.lastIndexOf(' ');
        String name = end < 0 ? line : line.substring(0, end);
        double value;
        try {
            value = Double.parseDouble(line.substring(end + 1));
        } catch (NumberFormatException notANumber) {
            throw new BaselineFault(number, "this line has no number at its end");
        }
        if (!Measure.isKnown(name) || !Double.isFinite(value) || value < 0) {
            throw new BaselineFault(number, "this is neither a measure nor a warning with its number");
        }
        if (measures.put(name, value) != null) {
            throw new BaselineFault(number, "this measure is there twice");
        }
    }
}
