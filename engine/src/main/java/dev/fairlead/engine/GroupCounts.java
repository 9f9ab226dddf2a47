package dev.fairlead.engine;

import java.util.concurrent.atomic.LongAdder;

/** The counts of one follower. */
final class GroupCounts {
    final LongAdder handled = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder passedOver = new LongAdder();
    final LongAdder missed = new LongAdder();
}
