package dev.fairlead.cli;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** A mechanism in front of a server that others may use too, under a name of its own there, for one scenario of a proof. */
final class ProvenServer implements MechanismUnderTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MechanismProvider provider;
    private final Map<String, String> settings;
    private final Durability durability;

    private ProvenServer(MechanismProvider provider, Map<String, String> settings, Durability durability) {
        this.provider = provider;
        this.durability = durability;
        this.settings = new HashMap<>(provider.forProofs());
        this.settings.putAll(settings);
        this.settings.put(
                "prefix",
                "prove" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 12) + "_");
    }

    /** The server of the settings, at the level that it offers as it is set up. */
    static ProofTarget target(MechanismProvider provider, Map<String, String> settings) {
        ProvenServer first = new ProvenServer(provider, settings, Durability.D0);
        try (Mechanism asked = first.open(TimeSource.SYSTEM)) {
            Durability offered = offered(asked.capabilities());
            return new ProofTarget(
                    List.of(offered), asked.weakened(), PATIENCE, level -> new ProvenServer(provider, settings, level));
        } finally {
            first.dispose();
        }
    }

    private static Durability offered(Set<Capability> capabilities) {
        if (capabilities.contains(Capability.SURVIVES_POWER_LOSS)) {
            return Durability.D2;
        }
        return capabilities.contains(Capability.SURVIVES_KILL) ? Durability.D1 : Durability.D0;
    }

    private MechanismOpening opening(TimeSource time) {
        return new MechanismOpening(settings, Path.of(""), time);
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Optional<String> url() {
        return Optional.ofNullable(settings.get("url"));
    }

    @Override
    public Durability durability() {
        return durability;
    }

    @Override
    public Mechanism open(TimeSource time) {
        return provider.open(opening(time));
    }

    @Override
    public void dispose() {
        provider.remove(opening(TimeSource.SYSTEM));
    }
}
