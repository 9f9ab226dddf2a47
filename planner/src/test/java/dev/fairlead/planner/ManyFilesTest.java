package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.planner.report.TextReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files are read and decided on all processors at once, which must show in nothing but the time. */
class ManyFilesTest {
    private static final int FILES = 1_200;

    @TempDir
    private Path folder;

    private static String service(int number) {
        return """
                service: s%d
                shares:
                  item: { kind: state, key: id, fields: { id: string, name: string }, keys: %d, size: 1KB, changes: %d/min }
                needs:
                  s%d.item: { reads: %d/s, within: 5s, why: a test }
                """.formatted(number, 10 + number, 1 + number % 50, (number + 1) % FILES, 1 + number % 30);
    }

    private PlanFolder many() {
        PlanFolder plan = new PlanFolder(folder);
        IntStream.range(0, FILES).forEach(number -> plan.with("s" + number + ".yaml", service(number)));
        return plan;
    }

    @Test
    void giveTheSameReportEachTime() {
        PlanFolder plan = many();
        Set<String> reports = Set.copyOf(IntStream.range(0, 4)
                .mapToObj(round -> TextReport.of(JudgedPlan.of(plan.plan(), List.of())))
                .toList());

        assertThat(reports).hasSize(1);
        assertThat(reports.iterator().next())
                .contains("  needs    s7.item  ->  ")
                .contains("1200 services, 1200 items, 1200 needs");
    }

    @Test
    void giveTheSameDecisionsAsOneByOne() {
        Plan plan = many().plan();
        Decider alone = new Decider(plan);
        List<String> together = Decisions.decide(plan).list().stream()
                .map(each -> each.item() + " " + each.reader() + " " + each.scenario() + each.grounds())
                .toList();

        assertThat(together).hasSize(FILES).doesNotHaveDuplicates();
        assertThat(plan.needs().stream()
                        .map(need -> alone.vary(plan.item(need.item()).orElseThrow(), need)
                                .orElseThrow())
                        .map(each -> each.item() + " " + each.reader() + " " + each.scenario() + each.grounds()))
                .containsExactlyElementsOf(together);
    }

    @Test
    void reportTheirFaultsByFileAndTheFirstThousandOnly() {
        PlanFolder plan = many();
        IntStream.range(0, FILES)
                .forEach(number -> plan.with("s" + number + ".yaml", service(number) + "nonsense: " + number + "\n"));

        List<String> first = plan.lines();

        assertThat(first).hasSize(Findings.LIMIT + 1).isSorted().allMatch(line -> line.contains(".yaml:6:1: "));
        assertThat(plan.lines()).isEqualTo(first);
    }

    /** Every third service imports a schema of a mebibyte; whoever reads fastest, the 65th by name is the first that is refused. */
    @Test
    void importAsMuchAsIsAllowedInTheOrderOfTheirNames() {
        PlanFolder plan = new PlanFolder(folder);
        String schema = "{\"required\": [\"id\"], \"properties\": {\"id\": {\"type\": \"string\"}}}";
        plan.with("big.json", schema + " ".repeat(PlanLimits.FILE_BYTES - schema.length()));
        for (int number = 100; number < 310; number++) {
            String share = number % 3 == 1
                    ? "{ kind: state, key: id, schema: big.json }"
                    : "{ kind: request, question: { }, answer: { } }";
            plan.with("s" + number + ".yaml", "service: s" + number + "\nshares:\n  item: " + share + "\n");
        }

        assertThat(plan.lines())
                .containsExactlyElementsOf(IntStream.iterate(292, number -> number < 310, number -> number + 3)
                        .mapToObj(
                                number -> "s" + number + ".yaml:3:41: the schema is larger than 1 MiB, or all together"
                                        + " than 64 MiB (split it, or check fewer)")
                        .toList());
    }

    @Test
    void doNotHideOneUnreadableFile() {
        PlanFolder plan = many().with("s700.yaml", "service: [");

        assertThat(plan.lines()).singleElement().asString().startsWith("s700.yaml:1:11: not valid YAML");
    }
}
