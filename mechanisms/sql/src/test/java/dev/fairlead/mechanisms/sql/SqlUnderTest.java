package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Tables of its own for each scenario of the conformance suite, in a database that all share. */
final class SqlUnderTest implements MechanismUnderTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Durability durability;
    private final Map<String, String> settings;

    SqlUnderTest(Durability durability, Map<String, String> settings) {
        this.durability = durability;
        this.settings = new HashMap<>(settings);
        this.settings.put("timeout", "30s"); // what is promised is no question of time, and the machine may be busy
        this.settings.put("prefix", "t" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet() + "_");
    }

    Map<String, String> settings() {
        return settings;
    }

    @Override
    public String name() {
        return SqlMechanism.NAME;
    }

    @Override
    public Durability durability() {
        return durability;
    }

    @Override
    public Mechanism open(TimeSource time) {
        return SqlMechanism.open(new MechanismOpening(settings, Path.of("."), time));
    }

    @Override
    public void dispose() {
        new SqlProvider().remove(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
    }
}
