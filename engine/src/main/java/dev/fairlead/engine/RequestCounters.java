package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.RequestStatistics;
import java.util.concurrent.atomic.LongAdder;

/** The counts of one side of a request item. */
final class RequestCounters {
    final LongAdder asked = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder unknown = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder foreign = new LongAdder();
    final LongAdder kept = new LongAdder();

    void failed(ErrorCode code) {
        switch (code) {
            case REFUSED -> refused.increment();
            case OUTCOME_UNKNOWN -> unknown.increment();
            default -> failed.increment();
        }
    }

    RequestStatistics statistics(long late, long underWay) {
        return new RequestStatistics(
                asked.sum(),
                answered.sum(),
                refused.sum(),
                failed.sum(),
                unknown.sum(),
                retried.sum(),
                foreign.sum(),
                late,
                underWay,
                kept.sum());
    }
}
