package dev.fairlead.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.PlanFolder;
import dev.fairlead.examples.demo.WorkFolder;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.planner.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanFilesTest {
    private static final Path PLAN = Path.of("plan");

    @Test
    void theDemoTakesAllPlanFilesWithIt() throws IOException {
        try (Stream<Path> files = Files.list(PLAN)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(TradingDemo.PLAN);
        }
    }

    @Test
    void thePlanHasNoErrors() {
        PlanResult result = PlanReader.read(List.of(PLAN), null);

        assertThat(result.plan()).isNotNull();
        assertThat(result.findings()).extracting(Finding::severity).doesNotContain(Severity.ERROR);
    }

    @Test
    void theCopiesAreTheFilesOfTheExampleAndOfferWhatTheUserChose() throws IOException {
        Carriers chosen = Carriers.of("sql", Map.of("url", "jdbc:postgresql://db/shop", "user", "a \"b\" c"));
        try (WorkFolder folder = WorkFolder.create(TradingDemo.class, TradingDemo.PLAN, Carriers.embedded())) {
            for (String file : TradingDemo.PLAN) {
                if (!file.equals("landscape.yaml")) {
                    assertThat(folder.plan().resolve(file)).hasSameTextualContentAs(PLAN.resolve(file));
                }
            }
            assertThat(Carriers.of(folder.plan())).isEqualTo(Carriers.embedded());

            Path other = folder.folder().resolve("other");
            PlanFolder.copy(folder.plan(), other, chosen);

            assertThat(Carriers.of(other)).isEqualTo(chosen);
            assertThat(Files.readString(other.resolve("landscape.yaml"))).contains("budgets: { copyMemory: 64MB");
            Files.delete(other.resolve("landscape.yaml")); // or closing looks for the server
        }
    }

    @Test
    void theTemporaryFolderIsDeleted() {
        WorkFolder folder = WorkFolder.create(TradingDemo.class, TradingDemo.PLAN, Carriers.embedded());

        folder.close();

        assertThat(folder.folder()).doesNotExist();
    }
}
