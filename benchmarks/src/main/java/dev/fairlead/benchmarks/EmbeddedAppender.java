package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.embedded.EmbeddedProvider;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Fairlead's embedded mechanism, used as the engine uses it. */
final class EmbeddedAppender implements Appender {
    private static final String LOG = "bench.log";
    private static final int PAGE = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Mechanism mechanism;
    private final Log log;
    private final LogWriter writer;
    private final Records records;

    EmbeddedAppender(Path folder, Durability durability, Records records) {
        this.records = records;
        this.mechanism = new EmbeddedProvider()
                .open(new MechanismOpening(
                        Map.of("data", "data", "durability", durability.name()), folder, TimeSource.SYSTEM));
        this.log = (Log) mechanism;
        log.define(new LogDefinition(LOG, new Retention.KeepAll(), durability));
        this.writer = log.claim(LOG, "bench");
    }

    @Override
    public void append(List<LogEntry> batch) {
        writer.append(0, batch).join();
    }

    /** Hands the batch in without waiting for its acknowledgement; the log itself holds back who is too far ahead. */
    void appendAhead(List<LogEntry> batch) {
        writer.append(0, batch);
    }

    LogWriter writer() {
        return writer;
    }

    LogReader reader() {
        return log.read(LOG, 0, 0);
    }

    /** Reads so many records from the start, checking each. */
    void follow(long wanted) {
        try (LogReader reader = reader()) {
            while (reader.next() < wanted) {
                List<LogRecord> page = reader.poll(PAGE, PATIENCE).records();
                if (page.isEmpty()) {
                    throw new IllegalStateException("nothing came after record " + reader.next());
                }
                for (LogRecord record : page) {
                    records.verify(record, record.offset());
                }
            }
        }
    }

    @Override
    public long replay() {
        long end = log.bounds(LOG, 0).end();
        follow(end);
        return end;
    }

    @Override
    public void close() {
        writer.close();
        mechanism.close();
    }
}
