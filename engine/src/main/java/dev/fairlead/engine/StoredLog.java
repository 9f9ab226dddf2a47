package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Reads what a log holds already. A reader that says nothing for some seconds, though more is there, fails with UNREACHABLE. */
final class StoredLog {
    private static final int PAGE = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private StoredLog() {}

    /** Looks at each record from one offset to before another, in order. */
    static void each(Log log, String name, long from, long to, Consumer<LogRecord> look) {
        try (LogReader reader = log.read(name, 0, from)) {
            while (reader.next() < to) {
                for (LogRecord written : page(reader, name, PAGE, to)) {
                    if (written.offset() < to) {
                        look.accept(written);
                    }
                }
            }
        }
    }

    /** The reader's next records, and maybe later ones as well; empty when none stands before the end any more. */
    static List<LogRecord> page(LogReader reader, String name, int most, long end) {
        List<LogRecord> records = reader.pollStored(end, most, PATIENCE);
        if (records.isEmpty() && reader.next() < end) {
            throw new FairleadException(
                    ErrorCode.UNREACHABLE,
                    "the log " + name + " gave nothing from " + reader.next() + " though it goes to " + end);
        }
        return records;
    }
}
