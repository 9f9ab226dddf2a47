package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Gate;
import dev.fairlead.planner.MechanismAbility;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanningPageTest {
    private static final Path PAGE = Documents.root().resolve("docs/planning.md");
    private static final List<String> FILES = List.of("catalog.yaml", "web.yaml", "admin.yaml", "landscape.yaml");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeWhatThePageShows() throws IOException {
        List<String> blocks = Documents.blocks(PAGE, "yaml");
        assertThat(blocks).hasSameSizeAs(FILES);
        for (int block = 0; block < blocks.size(); block++) {
            Files.writeString(folder.resolve(FILES.get(block)), blocks.get(block));
        }
    }

    @Test
    void theDecisionsAreExplainedAsThePageSays() throws IOException {
        List<String> shown = Documents.blocks(PAGE, "text");

        assertThat(shown).hasSize(2);
        assertThat(CommandRun.of("plan", folder, "--explain", "catalog.product@web")
                        .out())
                .isEqualTo(shown.get(0));
        assertThat(CommandRun.of("plan", folder, "--explain", "catalog.product@admin")
                        .out())
                .isEqualTo(shown.get(1));
    }

    @Test
    void theWorkedExamplesAreDecidedAsTheTableSays() throws IOException {
        List<List<String>> rows = rows("| item | volume |");

        assertThat(rows).hasSize(7);
        for (List<String> row : rows) {
            Path place = Files.createTempDirectory(folder, "worked");
            Files.writeString(
                    place.resolve("a.yaml"),
                    "service: a\nshares:\n  x: { kind: state, key: id, fields: { id: string }, " + row.get(1) + " }\n");
            Files.writeString(
                    place.resolve("b.yaml"), "service: b\n" + row.get(2) + "\nneeds:\n  a.x: { " + row.get(3) + " }\n");
            Decision decision = Decisions.decide(plan(place)).list().getFirst();
            assertThat(decision.scenario().word()).as(row.toString()).isEqualTo(row.get(4));
            if (row.get(5).equals("none: G2")) {
                assertThat(decision.grounds().gate()).isEqualTo(Gate.G2);
            } else {
                double wanted = Double.parseDouble(row.get(5));
                assertThat(decision.grounds().flips())
                        .filteredOn(flip -> flip.input().equals("changes"))
                        .singleElement()
                        .satisfies(flip -> assertThat(flip.at()).isCloseTo(wanted, Offset.offset(wanted * 0.004)));
            }
        }
    }

    @Test
    void whatEachMechanismKeepsIsWhatTheTableSays() throws IOException {
        List<List<String>> rows = rows("| mechanism | cannot |");

        assertThat(rows).hasSize(7);
        assertThat(rows).allSatisfy(row -> {
            MechanismAbility ability = MechanismAbility.stated(row.get(0));
            assertThat(row.get(2)).startsWith(ability.highest() + "");
        });
    }

    @Test
    void theShopIsDecidedAsTheTableSays() throws IOException {
        assertDecided(
                "| store: reader |",
                "examples/store/plan",
                List.of("cart checkout.begin", "cart checkout.add-item", "cart checkout.pay", "cart checkout.give-up"));
    }

    @Test
    void theTradingFloorIsDecidedAsTheTableSays() throws IOException {
        assertDecided("| trading: reader |", "examples/trading/plan", List.of());
    }

    /** Each row of the table holds, and each decision is in the table but those that are left out as all alike. */
    private void assertDecided(String table, String folderOfPlan, List<String> leftOut) throws IOException {
        Decisions decisions = Decisions.decide(plan(Documents.root().resolve(folderOfPlan)));
        List<String> told = new ArrayList<>(leftOut);
        for (List<String> row : rows(table)) {
            for (String reader : row.get(0).split(", ")) {
                Decision decision = decisions.list().stream()
                        .filter(each -> each.reader().equals(reader)
                                && each.item().toString().equals(row.get(1)))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("nobody decided " + reader + " " + row.get(1)));
                assertThat(decision.scenario().word()).as(row.toString()).isEqualTo(row.get(2));
                for (Gate gate : Gate.values()) {
                    if (row.get(3).contains("(" + gate + ")")) {
                        assertThat(decision.grounds().gate()).as(row.toString()).isEqualTo(gate);
                    }
                }
                told.add(reader + " " + row.get(1));
            }
        }
        assertThat(decisions.list().stream().map(each -> each.reader() + " " + each.item()))
                .containsExactlyInAnyOrderElementsOf(told);
        assertThat(decisions.findings()).isEmpty();
    }

    private static Plan plan(Path folder) {
        return Objects.requireNonNull(PlanReader.read(folder).plan());
    }

    /** The cells of the rows of the table whose head begins so. */
    private static List<List<String>> rows(String head) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int first = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith(head))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no table begins with " + head)));
        return lines.stream()
                .skip(first + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
