package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.process.ParentJvm;
import java.util.List;
import java.util.stream.LongStream;

/** Appends to several logs in one H2 file at once until it is killed, and says each log and where it ends when that is acknowledged. */
final class BusyChild {
    static final int LOGS = 8;
    static final int BATCH = 20;

    private BusyChild() {}

    public static void main(String[] arguments) {
        SqlMechanism mechanism = AppendingChild.open(arguments[0]);
        for (int log = 0; log < LOGS; log++) {
            String name = name(log);
            mechanism.define(new LogDefinition(name, new Retention.KeepAll(), Durability.D1));
            Thread.ofPlatform().start(() -> append(mechanism, name));
        }
    }

    static String name(int log) {
        return "log-" + log;
    }

    private static void append(SqlMechanism mechanism, String log) {
        LogWriter writer = mechanism.claim(log, "child");
        long end = mechanism.bounds(log, 0).end();
        while (true) {
            List<LogEntry> batch = LongStream.range(end, end + BATCH)
                    .mapToObj(BusyChild::entry)
                    .toList();
            writer.append(0, batch).join();
            end += BATCH;
            ParentJvm.say(log + " " + end);
        }
    }

    private static LogEntry entry(long offset) {
        byte[] value = Long.toString(offset).getBytes(UTF_8);
        return new LogEntry(value, value, value);
    }
}
