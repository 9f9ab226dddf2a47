package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Topics of its own for each scenario of the conformance suite, on a server that all share. */
final class KafkaUnderTest implements MechanismUnderTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Map<String, String> settings;
    private final String topics;
    private final String url;
    private Duration shift = Duration.ZERO;
    private TimeSource stamps = TimeSource.SYSTEM;

    KafkaUnderTest(String url) {
        this.url = url;
        this.topics = "t" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
        this.settings = Map.of("url", url, "prefix", topics, "timeout", "30s");
    }

    @Override
    public String name() {
        return KafkaMechanism.NAME;
    }

    @Override
    public Durability durability() {
        return Durability.D1;
    }

    @Override
    public Mechanism open(TimeSource given) {
        if (shift.isZero()) {
            shift = Duration.between(given.now(), Instant.now());
        }
        stamps = new ShiftedTime(given, shift);
        return KafkaMechanism.open(new MechanismOpening(settings, Path.of("."), given), stamps);
    }

    @Override
    public void applyRetention(Mechanism mechanism, String log) {
        ServerRetention.apply(url, topics + log, stamps.now());
    }

    @Override
    public void dispose() {
        ServerRetention.deleteTopics(url, topics);
    }
}
