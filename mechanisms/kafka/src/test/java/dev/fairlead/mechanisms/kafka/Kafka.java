package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Short words for what tests do with the mechanism. */
final class Kafka {
    private Kafka() {}

    static KafkaMechanism open(String url, String topics, String timeout) {
        return KafkaMechanism.open(opening(Map.of("url", url, "prefix", topics, "timeout", timeout)));
    }

    static MechanismOpening opening(Map<String, String> settings) {
        return new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM);
    }

    static void remove(String url, String prefix) {
        new KafkaProvider().remove(opening(Map.of("url", url, "prefix", prefix, "timeout", "30s")));
    }

    /** On a thread of its own: the shared pool may have but one, and calls that are to wait side by side would wait in turn. */
    static <T> CompletableFuture<T> onItsOwn(Supplier<T> call) {
        return CompletableFuture.supplyAsync(
                call, task -> Thread.ofPlatform().daemon().start(task));
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
