package dev.fairlead.engine;

import dev.fairlead.api.CopyStatistics;
import java.util.concurrent.atomic.LongAdder;

/** The counts of one copy. */
final class Counters {
    final LongAdder applied = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder recovered = new LongAdder();
    final LongAdder damaged = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder conflated = new LongAdder();
    final LongAdder listenerFailures = new LongAdder();

    CopyStatistics statistics() {
        return new CopyStatistics(
                applied.sum(),
                duplicates.sum(),
                gaps.sum(),
                recovered.sum(),
                damaged.sum(),
                delivered.sum(),
                conflated.sum(),
                listenerFailures.sum());
    }
}
