package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Streams and queues of its own for each scenario of the conformance suite, on a server that all share. */
final class RabbitUnderTest implements MechanismUnderTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Map<String, String> settings;
    private final Path folder = Path.of(".");

    RabbitUnderTest(Map<String, String> server) {
        this.settings = new HashMap<>(server);
        settings.put("prefix", "t" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-");
        settings.put("timeout", "30s");
        settings.put("creation-wait", "0ms"); // nobody kills the server that all share
    }

    @Override
    public String name() {
        return RabbitMechanism.NAME;
    }

    @Override
    public Durability durability() {
        return Durability.D1;
    }

    @Override
    public Mechanism open(TimeSource time) {
        return RabbitMechanism.open(new MechanismOpening(settings, folder, time));
    }

    @Override
    public void dispose() {
        new RabbitProvider().remove(new MechanismOpening(settings, folder, TimeSource.SYSTEM));
    }
}
