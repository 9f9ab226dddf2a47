package dev.fairlead.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanFilesTest {
    private static final Path PLAN = Path.of("plan");

    @Test
    void theDemoTakesAllPlanFilesWithIt() throws IOException {
        try (Stream<Path> files = Files.list(PLAN)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(StoreDemo.PLAN);
        }
    }

    @Test
    void thereAreTenServicesAndNothingToSayAgainstThem() {
        PlanResult result = PlanReader.read(List.of(PLAN), null);
        Plan plan = Objects.requireNonNull(result.plan());

        assertThat(result.findings()).isEmpty();
        assertThat(plan.services()).hasSize(10);
        assertThat(Decisions.decide(plan).findings()).isEmpty();
    }
}
