package dev.fairlead.cli;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.embedded.EmbeddedProvider;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The embedded mechanism on a temporary folder, for one scenario of a proof. */
final class ProvenMechanism implements ProvenData {
    static final String NAME = "embedded";

    private final Durability durability;
    private final Path folder;

    ProvenMechanism(Durability durability) {
        this.durability = durability;
        try {
            this.folder = Files.createTempDirectory("fairlead-prove-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String place() {
        return "the folder " + folder;
    }

    @Override
    public Durability durability() {
        return durability;
    }

    @Override
    public Mechanism open(TimeSource time) {
        Map<String, String> settings = durability == Durability.D0
                ? Map.of("durability", durability.name())
                : Map.of("durability", durability.name(), "data", "data");
        return new EmbeddedProvider().open(new MechanismOpening(settings, folder, time));
    }

    @Override
    public void dispose() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
