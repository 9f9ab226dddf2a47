package dev.fairlead.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Plans for the tests of this module. */
final class TestPlans {
    private TestPlans() {}

    /** The plan with every type, every kind and hostile names, written into the folder. */
    static Plan hostile(Path folder) {
        for (String name : new String[] {"shop.yaml", "new.yaml", "landscape.yaml"}) {
            try (InputStream file = TestPlans.class.getResourceAsStream("plan/" + name)) {
                Files.write(folder.resolve(name), Objects.requireNonNull(file).readAllBytes());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return read(folder);
    }

    /** A plan of one file. */
    static Plan of(Path folder, String yaml) {
        try {
            Files.writeString(folder.resolve("service.yaml"), yaml);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return read(folder);
    }

    static Plan read(Path folder) {
        PlanResult result = PlanReader.read(folder);
        assertThat(result.inputErrors()).isEmpty();
        return Objects.requireNonNull(result.plan());
    }
}
