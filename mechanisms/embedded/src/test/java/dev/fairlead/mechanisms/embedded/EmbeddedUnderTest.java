package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.ChildOpening;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A store of its own for each scenario of the conformance suite. */
final class EmbeddedUnderTest implements MechanismUnderTest {
    private final Durability durability;
    private final Path folder;

    EmbeddedUnderTest(Durability durability) {
        this.durability = durability;
        try {
            this.folder = Files.createTempDirectory("embedded");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return EmbeddedMechanism.NAME;
    }

    @Override
    public Durability durability() {
        return durability;
    }

    @Override
    public Mechanism open(TimeSource time) {
        return Records.open(folder, durability, time);
    }

    @Override
    public Optional<ChildOpening> child() {
        return durability == Durability.D0
                ? Optional.empty()
                : Optional.of(new ChildOpening(
                        EmbeddedProvider.class.getName(),
                        Map.of("durability", durability.name(), "data", "data"),
                        folder));
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
