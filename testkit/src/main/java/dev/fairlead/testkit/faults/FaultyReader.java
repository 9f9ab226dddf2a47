package dev.fairlead.testkit.faults;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reader whose records pass the faults once, when they are fetched, and then wait in line until they are handed out. */
final class FaultyReader implements LogReader {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final LogReader inner;
    private final String log;
    private final int partition;
    private final FaultPlan plan;
    private final TimeSource time;
    private final DeliveryLine line = new DeliveryLine();

    /** What the inner reader has passed over, as long as nobody was told. */
    private LogBatch.@Nullable Hole passed;

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
            FairleadException refusal = passAll(fetched.records());
            if (fetched.records().isEmpty()) {
                line.nothingFollows();
            }
            if (refusal == null) { // else the inner reader goes back, and tells of it again
                passOver(fetched.hole());
            }
            List<LogRecord> due = line.takeDue(maxRecords, time.nanos());
            if (due.isEmpty() && refusal != null) {
                throw refusal;
            }
            LogBatch.Hole behind = line.isEmpty() ? passed : null;
            if (!due.isEmpty() || behind != null || fetched.beat() != null || System.nanoTime() - deadline >= 0) {
                passed = behind == null ? passed : null;
                return new LogBatch(due, fetched.bounds(), fetched.beat(), behind);
            }
        }
    }

    /** The inner reader tells of a hole once; it is told on when everything before it has arrived. */
    private void passOver(LogBatch.@Nullable Hole hole) {
        if (hole != null) {
            passed = passed != null && passed.to() == hole.from() ? new LogBatch.Hole(passed.from(), hole.to()) : hole;
        }
    }

    /** What waits in line may become due without anything new from inside, so it is looked at often. */
    private Duration waitFor(long deadline) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        return !line.isEmpty() && left.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : left;
    }

    /** Passes the records up to one that cannot be read; the inner reader goes back to that one. */
    private @Nullable FairleadException passAll(List<LogRecord> records) {
        for (LogRecord record : records) {
            FairleadException refusal = pass(record);
            if (refusal != null) {
                inner.seek(record.offset());
                return refusal;
            }
        }
        return null;
    }

    private @Nullable FairleadException pass(LogRecord record) {
        Reads read = plan.fetchAgain(log, partition, record) ? Reads.AGAIN : Reads.FIRST;
        Optional<DeliveryFault.Kind> hit = plan.hit(log, record, read);
        if (hit.isEmpty()) {
            line.arrive(record, time.nanos());
            return null;
        }
        switch (hit.get()) {
            case DeliveryFault.Kind.Drop drop -> {}
            case DeliveryFault.Kind.Duplicate duplicate -> {
                line.arrive(record, time.nanos());
                line.arrive(record, time.nanos());
            }
            case DeliveryFault.Kind.Reorder(int places) -> line.holdBack(record, time.nanos(), places);
            case DeliveryFault.Kind.Delay(Duration by) -> line.arrive(record, time.nanos() + by.toNanos());
            case DeliveryFault.Kind.Fail(ErrorCode code) -> {
                return refusal(record, code);
            }
            case DeliveryFault.Kind.Damage damage -> line.arrive(damaged(record), time.nanos());
        }
        return null;
    }

    private FairleadException refusal(LogRecord record, ErrorCode code) {
        return new FairleadException(
                code, "record " + record.offset() + " of " + log + " cannot be read (a fault on purpose)");
    }

    private LogRecord damaged(LogRecord record) {
        boolean inPayload = record.payload().length > 0;
        byte[] bytes = (inPayload ? record.payload() : record.key()).clone();
        int bit = plan.random(bytes.length * Byte.SIZE);
        bytes[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        return inPayload
                ? new LogRecord(record.offset(), record.emptyFrom(), record.key(), record.header(), bytes)
                : new LogRecord(record.offset(), record.emptyFrom(), bytes, record.header(), record.payload());
    }

    @Override
    public long next() {
        return line.isEmpty() ? inner.next() : line.next();
    }

    @Override
    public void seek(long offset) {
        line.clear();
        passed = null;
        inner.seek(offset);
    }

    @Override
    public void close() {
        inner.close();
    }
}
