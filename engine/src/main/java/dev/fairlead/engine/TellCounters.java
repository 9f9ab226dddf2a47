package dev.fairlead.engine;

import dev.fairlead.api.TellStatistics;
import dev.fairlead.spi.QueueDepth;
import java.util.concurrent.atomic.LongAdder;

/** What one handler has counted. */
final class TellCounters {
    final LongAdder handled = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder setAside = new LongAdder();
    final LongAdder late = new LongAdder();

    TellStatistics statistics(QueueDepth depth) {
        return new TellStatistics(
                depth.waiting(),
                depth.later(),
                depth.held(),
                depth.dead(),
                handled.sum(),
                retried.sum(),
                setAside.sum(),
                late.sum());
    }
}
