package dev.fairlead.testkit.faults;

import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.List;

/** A reader whose records pass the faults once, when they are fetched, and then wait in line until they are handed out. */
final class FaultyReader implements LogReader {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final LogReader inner;
    private final String log;
    private final int partition;
    private final FaultPlan plan;
    private final TimeSource time;
    private final DeliveryLine line = new DeliveryLine();

    FaultyReader(LogReader inner, String log, int partition, FaultPlan plan, TimeSource time) {
        this.inner = inner;
        this.log = log;
        this.partition = partition;
        this.plan = plan;
        this.time = time;
    }

    @Override
    public LogBatch poll(int maxRecords, Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            LogBatch fetched = inner.poll(maxRecords, waitFor(deadline));
            fetched.records().forEach(this::pass);
            if (fetched.records().isEmpty()) {
                line.nothingFollows();
            }
            List<LogRecord> due = line.takeDue(maxRecords, time.nanos());
            if (!due.isEmpty() || fetched.beat() != null || System.nanoTime() >= deadline) {
                return new LogBatch(due, fetched.bounds(), fetched.beat());
            }
        }
    }
}
