package dev.fairlead.telemetry;

import dev.fairlead.api.FairleadException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** What a meter shows of all that is open with its tags. Changed by one thread at a time, read by any. */
final class Aggregate {
    private final Measure.Together together;
    private final List<DoubleSupplier> open = new CopyOnWriteArrayList<>();
    private volatile double closed; // sum of the last values

    Aggregate(Measure.Together together) {
        this.together = together;
    }

    void add(DoubleSupplier value) {
        open.add(value);
    }

    /** Keeps what was counted; returns whether anything is left to show. */
    boolean remove(DoubleSupplier value) {
        double last = read(value);
        if (open.remove(value) && together == Measure.Together.COUNT && !Double.isNaN(last)) {
            closed += last;
        }
        return together == Measure.Together.COUNT || !open.isEmpty();
    }

    double value() {
        double[] values = open.stream()
                .mapToDouble(Aggregate::read)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        double shown = together == Measure.Together.COUNT ? closed : values.length == 0 ? Double.NaN : 0;
        for (double value : values) {
            shown = together == Measure.Together.LARGEST ? Math.max(shown, value) : shown + value;
        }
        return shown;
    }

    /** Nothing to show of what was closed meanwhile, or whose database is away. */
    private static double read(DoubleSupplier value) {
        try {
            return value.getAsDouble();
        } catch (FairleadException e) {
            return Double.NaN;
        }
    }
}
