package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Topics of its own for each scenario of the conformance suite, on a server that all share. */
final class KafkaUnderTest implements MechanismUnderTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Map<String, String> settings;

    KafkaUnderTest(String url) {
        String prefix = "t" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
        this.settings = Map.of("url", url, "prefix", prefix, "timeout", "30s");
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
    public Mechanism open(TimeSource time) {
        return KafkaMechanism.open(new MechanismOpening(settings, Path.of("."), time));
    }

    @Override
    public void dispose() {
        new KafkaProvider().remove(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
    }
}
