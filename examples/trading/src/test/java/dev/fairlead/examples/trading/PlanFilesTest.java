package dev.fairlead.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.examples.demo.WorkFolder;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.planner.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void theCopiesAreTheFilesOfTheExample() throws IOException {
        try (WorkFolder folder = WorkFolder.create(TradingDemo.class, TradingDemo.PLAN, null)) {
            for (String file : TradingDemo.PLAN) {
                assertThat(folder.plan().resolve(file)).hasSameTextualContentAs(PLAN.resolve(file));
            }
        }
    }

    @Test
    void theTemporaryFolderIsDeletedAndTheUsersIsNot(@TempDir Path data) throws IOException {
        Files.writeString(data.resolve("kept"), "kept");
        WorkFolder folder = WorkFolder.create(TradingDemo.class, TradingDemo.PLAN, data);
        assertThat(folder.data()).isEqualTo(data.toAbsolutePath());

        folder.close();

        assertThat(folder.plan().getParent()).doesNotExist();
        assertThat(data.resolve("kept")).exists();
    }
}
