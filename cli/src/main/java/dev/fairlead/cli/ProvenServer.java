package dev.fairlead.cli;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.TimeSource;
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
final class ProvenServer implements ProvenData {
    /** The setting that keeps what a proof makes apart from all else on the server. */
    static final String PREFIX = "prefix";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MechanismProvider provider;
    private final Map<String, String> settings;
    private final Durability durability;
    /** Whether there may be something to take away; of a server that was never reached, there is not. */
    private volatile boolean made;

    private ProvenServer(MechanismProvider provider, Map<String, String> settings, Durability durability) {
        this.provider = provider;
        this.durability = durability;
        this.settings = new HashMap<>(settings);
        this.settings.put(
                PREFIX,
                "prove" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 12) + "_");
    }

    /** The server of the settings, at the level that it offers as it is set up. */
    static ProofTarget target(MechanismProvider provider, Map<String, String> settings) {
        try (ProvenServer first = new ProvenServer(provider, settings, Durability.D0);
                Mechanism asked = first.open(TimeSource.SYSTEM)) {
            Durability offered = offered(asked.capabilities());
            Map<String, String> inProofs = new HashMap<>(provider.forProofs());
            inProofs.putAll(settings);
            return new ProofTarget(
                    List.of(offered), asked.weakened(), PATIENCE, level -> new ProvenServer(provider, inProofs, level));
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
    public String place() {
        return "what carries `" + settings.get(PREFIX) + "` in its name on the server";
    }

    @Override
    public Durability durability() {
        return durability;
    }

    @Override
    public Mechanism open(TimeSource time) {
        try {
            Mechanism mechanism = provider.open(opening(time));
            made = true;
            return mechanism;
        } catch (FairleadException failure) {
            made |= failure.code() != ErrorCode.UNREACHABLE;
            throw failure;
        }
    }

    @Override
    public void dispose() {
        if (made) {
            provider.remove(opening(TimeSource.SYSTEM));
            made = false;
        }
    }
}
