package dev.fairlead.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.DesignPlanTest;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanFolder;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.planner.coupling.JudgedPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReportTest {
    @TempDir
    private Path folder;

    private String report() {
        PlanResult result = DesignPlanTest.folder(folder).read();
        Plan plan = Objects.requireNonNull(result.plan());
        return TextReport.of(JudgedPlan.of(plan, result.findings())).replaceAll("[^ ]*" + folder.getFileName(), "plan");
    }

    @Test
    void showsDecisionsFindingsAndMetrics() throws IOException {
        try (InputStream golden = TextReportTest.class.getResourceAsStream("report.txt")) {
            String expected = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(report()).isEqualTo(expected);
        }
    }

    @Test
    void isTheSameForTheSamePlan() {
        assertThat(report()).isEqualTo(report());
    }

    @Test
    void breaksLinesThatAreTooLong() {
        assertThat(report().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void keepsControlCharactersOutOfTheReport() {
        Plan plan = new PlanFolder(folder)
                .with("a.yaml", "service: a\nteam: \"x\\e[2Jy\"\n")
                .plan();

        assertThat(TextReport.of(JudgedPlan.of(plan, List.of())))
                .contains("a  (x\\u001b[2Jy)")
                .doesNotContain("\u001b");
    }
}
