package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Keys of its own for each scenario of the conformance suite, in a server that all share. */
final class RedisUnderTest implements MechanismUnderTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Map<String, String> settings;

    RedisUnderTest(Map<String, String> server) {
        this.settings = new HashMap<>(server);
        this.settings.put("prefix", "t" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet());
    }

    Map<String, String> settings() {
        return settings;
    }

    @Override
    public String name() {
        return RedisMechanism.NAME;
    }

    @Override
    public Durability durability() {
        return Durability.D2;
    }

    @Override
    public Mechanism open(TimeSource time) {
        return RedisMechanism.open(opening(time));
    }

    private MechanismOpening opening(TimeSource time) {
        return new MechanismOpening(settings, Path.of("."), time);
    }

    @Override
    public void dispose() {
        new RedisProvider().remove(opening(TimeSource.SYSTEM));
    }
}
