package dev.fairlead.telemetry;

import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;

/**
 * One meter of something that is open.
 *
 * @param unit of the value, in the plural
 * @param value read now; NaN when there is none
 * @param tags besides those of the thing
 */
record Measure<W>(String name, String unit, Together together, ToDoubleFunction<W> value, Tags tags) {
    /** What the meter shows when several in this process have the same tags. */
    enum Together {
        /** A count that never falls, added up also over those that are closed. */
        COUNT,
        /** The sum of what each has now. */
        SUM,
        /** The largest, where all see the same. */
        LARGEST
    }

    static <W> Measure<W> count(String name, String unit, ToDoubleFunction<W> value) {
        return new Measure<>(name, unit, Together.COUNT, value, Tags.empty());
    }

    static <W> Measure<W> sum(String name, String unit, ToDoubleFunction<W> value) {
        return new Measure<>(name, unit, Together.SUM, value, Tags.empty());
    }

    static <W> Measure<W> largest(String name, String unit, ToDoubleFunction<W> value) {
        return new Measure<>(name, unit, Together.LARGEST, value, Tags.empty());
    }

    Measure<W> tagged(String tag, String word) {
        return new Measure<>(name, unit, together, value, tags.and(tag, word));
    }
}
