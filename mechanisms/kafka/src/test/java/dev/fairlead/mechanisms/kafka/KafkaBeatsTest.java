package dev.fairlead.mechanisms.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Beats outlive the moment in which they were sent. */
class KafkaBeatsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String url = RealServer.KAFKA.shared().getOrDefault("url", "");

    @Test
    void whoOpensAQuietLogLaterKnowsItsNewestBeat() {
        Instant time = Instant.parse("2026-11-29T06:00:00Z");
        try (KafkaMechanism writing = Kafka.open(url, "beats-", "60s")) {
            LogWriter writer = defined(writing);
            try (LogReader reader = writing.read("a.b", 0, 0)) {
                writer.beat(time);
                Awaitility.await().atMost(PATIENCE).until(() -> isOf(time, reader));
            }
            try (KafkaMechanism later = Kafka.open(url, "beats-", "60s");
                    LogReader reader = later.read("a.b", 0, 0)) {
                Awaitility.await().atMost(PATIENCE).until(() -> isOf(time, reader));
            }
        } finally {
            Kafka.remove(url, "beats-");
        }
    }

    @Test
    void whoOpensALogLaterReadsFewOfManyBeats() {
        Instant time = Instant.parse("2026-11-29T06:00:00Z");
        try (KafkaMechanism writing = Kafka.open(url, "many-", "60s")) {
            LogWriter writer = defined(writing);
            Instant last = time.plusSeconds(3000);
            try (LogReader reader = writing.read("a.b", 0, 0)) {
                for (int beat = 1; beat <= 3000; beat++) {
                    writer.beat(time.plusSeconds(beat));
                }
                Awaitility.await().atMost(PATIENCE).until(() -> isOf(last, reader));
            }
            try (KafkaMechanism later = Kafka.open(url, "many-", "60s");
                    LogReader reader = later.read("a.b", 0, 0)) {
                List<Instant> heard = new ArrayList<>();
                Awaitility.await().atMost(PATIENCE).until(() -> {
                    Beat beat = reader.poll(10, Duration.ofSeconds(1)).beat();
                    return beat != null && heard.add(beat.time()) && beat.time().equals(last);
                });
                assertThat(heard.getFirst()).isAfter(time.plusSeconds(1999));
            }
        } finally {
            Kafka.remove(url, "many-");
        }
    }

    private static LogWriter defined(KafkaMechanism mechanism) {
        mechanism.define(new LogDefinition("a.b", new Retention.KeepAll(), Durability.D1));
        return mechanism.claim("a.b", "test");
    }

    private static boolean isOf(Instant time, LogReader reader) {
        Beat beat = reader.poll(10, Duration.ofSeconds(1)).beat();
        return beat != null && beat.time().equals(time);
    }
}
