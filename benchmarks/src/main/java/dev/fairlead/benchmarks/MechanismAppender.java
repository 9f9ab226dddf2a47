package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Retention;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log of one of Fairlead's mechanisms, used as the engine uses it. */
final class MechanismAppender implements Appender {
    private static final int PAGE = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What an append waits for. */
    enum Wait {
        /** Its own acknowledgement. */
        ACKNOWLEDGED,
        /** Nothing; the log itself holds back who is too far ahead. */
        ADMITTED
    }

    private final Mechanism mechanism;
    private final String name;
    private final Log log;
    private final LogWriter writer;
    private final Records records;
    private final Wait wait;
    private volatile CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /** Takes a new log of the mechanism, which it closes at its end. */
    MechanismAppender(Mechanism mechanism, String name, Durability durability, Wait wait, Records records) {
        this.mechanism = mechanism;
        this.name = name;
        this.records = records;
        this.wait = wait;
        this.log = (Log) mechanism;
        log.define(new LogDefinition(name, new Retention.KeepAll(), durability));
        this.writer = log.claim(name, "bench");
    }

    @Override
    public void append(List<LogEntry> batch) {
        CompletableFuture<Appended> appended = writer.append(0, batch);
        switch (wait) {
            case ACKNOWLEDGED -> appended.join();
            case ADMITTED -> last = appended;
        }
    }

    /** A writer stops at its first failure, so the last append has failed if any has. */
    @Override
    public void settle() {
        last.join();
    }

    LogReader reader() {
        return log.read(name, 0, 0);
    }

    @Override
    public void follow(long wanted) {
        try (LogReader reader = reader()) {
            long number = 0;
            while (number < wanted) {
                number = page(reader, number, Records.Look.BOTH_ENDS);
            }
        }
    }

    @Override
    public long replay(Records.Look look) {
        long end = log.bounds(name, 0).end();
        try (LogReader reader = reader()) {
            long number = 0;
            while (reader.next() < end) {
                number = page(reader, number, look);
            }
            return number;
        }
    }

    /** Reads on from the record of that number; returns the number of the next. */
    private long page(LogReader reader, long from, Records.Look look) {
        LogBatch page = reader.poll(PAGE, PATIENCE);
        if (page.records().isEmpty() && page.hole() == null && page.beat() == null) {
            throw new IllegalStateException("nothing came after record " + from);
        }
        long number = from;
        for (LogRecord record : page.records()) {
            records.verify(number, record, look);
            number++;
        }
        return number;
    }

    @Override
    public void close() {
        writer.close();
        mechanism.close();
    }
}
