package dev.fairlead.testbed;

import dev.fairlead.api.Durability;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The plan of a test, and a folder of the test's own beside it. */
record PlanSource(Path folder, Path own) implements AutoCloseable {
    private static final String EMBEDDED = "embedded";

    static PlanSource folder(Path folder) {
        return new PlanSource(folder, temporary());
    }

    static PlanSource texts(List<String> serviceFiles) {
        Path own = temporary();
        try {
            Path plan = Files.createDirectory(own.resolve("plan"));
            for (int i = 0; i < serviceFiles.size(); i++) {
                Files.writeString(plan.resolve("service-" + (i + 1) + ".yaml"), serviceFiles.get(i));
            }
            return new PlanSource(plan, own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("fairlead-testbed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A store as durable as the plan asks for at the most, so that each item gets what it would get elsewhere. */
    Mechanism openStore(TimeSource time) {
        Durability durability = durability();
        Map<String, String> settings = durability == Durability.D0
                ? Map.of("durability", "D0")
                : Map.of("durability", durability.name(), "data", "data");
        return ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(EMBEDDED))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("dev.fairlead:fairlead-embedded is not on the class path"))
                .open(new MechanismOpening(settings, own, time));
    }

    /** A plan with faults is refused when a service is opened, which says more. */
    private Durability durability() {
        Plan read = PlanReader.read(folder).plan();
        if (read == null) {
            return Durability.D0;
        }
        Durability most = read.items().stream()
                .map(share -> share.terms().durability())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Durability.D0);
        return most.compareTo(Durability.D2) > 0 ? Durability.D2 : most;
    }

    @Override
    public void close() {
        if (!Files.exists(own)) {
            return;
        }
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
