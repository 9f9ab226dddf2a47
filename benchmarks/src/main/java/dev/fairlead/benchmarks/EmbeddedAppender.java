package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.embedded.EmbeddedProvider;
import dev.fairlead.spi.Appended;
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
import java.util.concurrent.CompletableFuture;

/** Fairlead's embedded mechanism, used as the engine uses it. */
final class EmbeddedAppender implements Appender {
    private static final String LOG = "bench.log";
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
    private final Log log;
    private final LogWriter writer;
    private final Records records;
    private final Wait wait;
    private volatile CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    EmbeddedAppender(Path folder, Durability durability, Wait wait, Records records) {
        this.records = records;
        this.wait = wait;
        this.mechanism = new EmbeddedProvider()
                .open(new MechanismOpening(
                        Map.of("data", "data", "durability", durability.name()), folder, TimeSource.SYSTEM));
        this.log = (Log) mechanism;
        log.define(new LogDefinition(LOG, new Retention.KeepAll(), durability));
        this.writer = log.claim(LOG, "bench");
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
        return log.read(LOG, 0, 0);
    }

    @Override
    public void follow(long wanted) {
        read(wanted, Records.Look.BOTH_ENDS);
    }

    @Override
    public long replay(Records.Look look) {
        long end = log.bounds(LOG, 0).end();
        read(end, look);
        return end;
    }

    private void read(long wanted, Records.Look look) {
        long number = 0;
        try (LogReader reader = reader()) {
            while (number < wanted) {
                List<LogRecord> page = reader.poll(PAGE, PATIENCE).records();
                if (page.isEmpty()) {
                    throw new IllegalStateException("nothing came after record " + number);
                }
                for (LogRecord record : page) {
                    if (record.offset() != number) {
                        throw new IllegalStateException("record " + number + " came as " + record.offset());
                    }
                    records.verify(number, record, look);
                    number++;
                }
            }
        }
    }

    @Override
    public void close() {
        writer.close();
        mechanism.close();
    }
}
