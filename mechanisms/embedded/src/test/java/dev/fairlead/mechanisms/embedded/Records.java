package dev.fairlead.mechanisms.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Opens stores, and makes and reads records whose content follows from their number. */
final class Records {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private Records() {}

    static EmbeddedMechanism open(Path folder, Durability durability) {
        return open(folder, durability, TimeSource.SYSTEM);
    }

    static EmbeddedMechanism open(Path folder, Durability durability, TimeSource time) {
        Map<String, String> settings = durability == Durability.D0
                ? Map.of("durability", "D0")
                : Map.of("durability", durability.name(), "data", "data");
        return EmbeddedMechanism.open(new MechanismOpening(settings, folder, time));
    }

    static LogWriter writer(EmbeddedMechanism mechanism, String log, Retention retention, Durability durability) {
        mechanism.define(new LogDefinition(log, retention, durability));
        return mechanism.claim(log, "test");
    }

    static LogWriter writer(EmbeddedMechanism mechanism, String log, Durability durability) {
        return writer(mechanism, log, new Retention.KeepAll(), durability);
    }

    static LogEntry entry(String key, String payload) {
        return new LogEntry(key.getBytes(UTF_8), new byte[] {1, 2}, payload.getBytes(UTF_8));
    }

    /** Records numbered from {@code from}, as they stand in a log of {@code keys} keys. */
    static List<LogEntry> numbered(long from, int count, int keys) {
        List<LogEntry> entries = new ArrayList<>(count);
        for (long i = from; i < from + count; i++) {
            entries.add(entry("k" + i % keys, "payload of " + i));
        }
        return entries;
    }

    static String text(LogRecord record) {
        return new String(record.key(), UTF_8) + "=" + new String(record.payload(), UTF_8);
    }

    static Appended append(LogWriter writer, String key, String payload) {
        return writer.append(0, List.of(entry(key, payload))).join();
    }

    static List<LogRecord> readAll(EmbeddedMechanism mechanism, String log) {
        List<LogRecord> records = new ArrayList<>();
        try (LogReader reader = mechanism.read(log, 0, 0)) {
            while (reader.next() < mechanism.bounds(log, 0).end()) {
                records.addAll(reader.poll(1000, PATIENCE).records());
            }
        }
        return records;
    }

    static List<String> texts(EmbeddedMechanism mechanism, String log) {
        return readAll(mechanism, log).stream().map(Records::text).toList();
    }

    static FairleadException failure(CompletableFuture<?> future) {
        CompletionException e = Assertions.catchThrowableOfType(CompletionException.class, future::join);
        Assertions.assertThat(e).as("a failed future").isNotNull();
        return (FairleadException) Objects.requireNonNull(e.getCause());
    }

    static FairleadException failure(ErrorCode code, ThrowingCallable call) {
        FairleadException e = Assertions.catchThrowableOfType(FairleadException.class, call);
        Assertions.assertThat(e).as("a failure with " + code).isNotNull();
        Assertions.assertThat(e.code()).as(String.valueOf(e.getMessage())).isEqualTo(code);
        return e;
    }
}
