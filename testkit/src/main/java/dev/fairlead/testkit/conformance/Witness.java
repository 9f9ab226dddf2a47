package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A reader together with everything that it has read. */
record Witness(LogReader reader, List<LogRecord> seen) {
    private static final int BATCH = 1000;

    /** Reads until the reader stands at the end, and returns all that it ever saw. */
    List<LogRecord> upTo(long end, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (reader.next() < end) {
            Expect.that(
                    System.nanoTime() < deadline,
                    "a reader to reach offset " + end + " in " + patience + ", but it stands at " + reader.next());
            seen.addAll(reader.poll(BATCH, Duration.ofMillis(100)).records());
        }
        return new ArrayList<>(seen);
    }
}
