package dev.fairlead.mechanisms.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Short words for what tests do with the mechanism. */
final class Rabbit {
    private Rabbit() {}

    static MechanismOpening opening(Map<String, String> settings) {
        return new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM);
    }

    static MechanismOpening opening(Map<String, String> server, String prefix, String timeout) {
        Map<String, String> settings = new HashMap<>(server);
        settings.put("prefix", prefix);
        settings.put("timeout", timeout);
        return opening(settings);
    }

    /** The settings of a server that no test kills, so that nothing new on it must be waited for. */
    static Map<String, String> neverKilled(Map<String, String> server) {
        Map<String, String> settings = new HashMap<>(server);
        settings.put("creation-wait", "0ms");
        return settings;
    }

    static RabbitMechanism open(Map<String, String> server, String prefix, String timeout) {
        return RabbitMechanism.open(opening(server, prefix, timeout));
    }

    static LogEntry entry(String value) {
        return new LogEntry("k".getBytes(UTF_8), new byte[] {9}, value.getBytes(UTF_8));
    }

    /** Appends and waits; a failure comes as it was. */
    static Appended append(LogWriter writer, String value) {
        try {
            return writer.append(0, List.of(entry(value))).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FairleadException known ? known : e;
        }
    }

    /** The next record that the reader brings. */
    static LogRecord nextRecord(LogReader reader, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            List<LogRecord> records = reader.poll(1, Duration.ofSeconds(1)).records();
            if (!records.isEmpty()) {
                return records.getFirst();
            }
        }
        throw new AssertionError("no record came within " + patience);
    }

    /** The text of the next record that the reader brings. */
    static String next(LogReader reader, Duration patience) {
        return new String(nextRecord(reader, patience).payload(), UTF_8);
    }
}
