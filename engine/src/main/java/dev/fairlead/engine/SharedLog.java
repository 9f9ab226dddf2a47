package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** A log of few records that many services write to, each by claiming it for a moment. */
final class SharedLog {
    private static final int LONGEST = 100;
    private static final int TRIES = 100;

    private final String name;
    private final Log log;
    private final Durability durability;

    SharedLog(String name, Log log, Durability durability) {
        this.name = name;
        this.log = log;
        this.durability = durability;
    }

    /** Whether its name is short enough for a log. */
    boolean canBe() {
        return name.length() <= LONGEST;
    }

    /** Everything that was written; nothing when nobody ever wrote. */
    List<LogRecord> read() {
        List<LogRecord> records = new ArrayList<>();
        long end = canBe() ? end() : 0;
        if (end == 0) {
            return records;
        }
        StoredLog.each(log, name, 0, end, records::add);
        return records;
    }

    private long end() {
        try {
            return log.bounds(name, 0).end();
        } catch (FairleadException e) {
            if (e.code() == ErrorCode.PLAN) {
                return 0; // nobody has defined it yet
            }
            throw e;
        }
    }

    /** Writes an entry, durably when it returns. */
    void add(String service, LogEntry entry) {
        log.define(new LogDefinition(name, new Retention.KeepAll(), durability));
        for (int tried = 1; !added(service, entry, tried); tried++) {}
    }

    private boolean added(String service, LogEntry entry, int tried) {
        try (LogWriter writer = log.claim(name, service)) {
            writer.append(0, List.of(entry)).join();
            return true;
        } catch (CompletionException e) {
            boolean again = e.getCause() instanceof FairleadException known && known.code() == ErrorCode.FENCED;
            if (again && tried < TRIES) {
                return false; // another one wrote at the same moment
            }
            throw e.getCause() instanceof FairleadException known ? known : e;
        }
    }
}
