package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Queues of its own for each scenario of the conformance suite, on a broker that all share. */
final class ActivemqUnderTest implements MechanismUnderTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Map<String, String> settings;

    ActivemqUnderTest(Map<String, String> server) {
        this.settings = new HashMap<>(server);
        settings.put("prefix", newPrefix());
    }

    static String newPrefix() {
        return "t" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
    }

    @Override
    public String name() {
        return ActivemqMechanism.NAME;
    }

    @Override
    public Durability durability() {
        return Durability.D1;
    }

    @Override
    public Mechanism open(TimeSource time) {
        return ActivemqMechanism.open(new MechanismOpening(settings, Path.of("."), time));
    }

    @Override
    public void dispose() {
        new ActivemqProvider().remove(Activemq.opening(settings));
    }
}
