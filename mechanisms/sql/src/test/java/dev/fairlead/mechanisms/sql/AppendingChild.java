package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Appends to a log in an H2 file until it is killed, and says each offset when it is acknowledged. */
final class AppendingChild {
    private AppendingChild() {}

    public static void main(String[] arguments) {
        SqlMechanism mechanism = open(arguments[0]);
        mechanism.define(new LogDefinition("log", new Retention.KeepAll(), Durability.D1));
        LogWriter writer = mechanism.claim("log", "child");
        while (true) {
            long next = mechanism.bounds("log", 0).end();
            byte[] value = Long.toString(next).getBytes(UTF_8);
            writer.append(0, List.of(new LogEntry(value, value, value))).join();
            System.out.println(next);
        }
    }

    static SqlMechanism open(String url) {
        return SqlMechanism.open(new MechanismOpening(Map.of("url", url), Path.of("."), TimeSource.SYSTEM));
    }
}
