package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownFilesTest {
    private static final String SERVICE = """
            service: a
            shares:
              item: { kind: state, key: id, fields: { id: string } }
            """;
    private static final String IMPORTED = """
            service: b
            shares:
              item: { kind: state, key: id, schema: item.json }
            """;

    private final KnownFiles known = new KnownFiles();

    @TempDir
    private Path now;

    @TempDir
    private Path before;

    private Plan plan(Path folder) {
        PlanResult result = PlanReader.readDangling(List.of(folder), null, known);
        return Objects.requireNonNull(result.plan(), () -> result.findings().toString());
    }

    private static ServicePlan service(Plan plan, String name) {
        return plan.service(name).orElseThrow();
    }

    @Test
    void aFileThatIsTheSameIsNotReadAgain() {
        new PlanFolder(now).with("a.yaml", SERVICE);
        new PlanFolder(before).with("a.yaml", SERVICE);

        assertThat(service(plan(before), "a")).isSameAs(service(plan(now), "a"));
    }

    @Test
    void aFileThatDiffersIsRead() {
        new PlanFolder(now).with("a.yaml", SERVICE);
        new PlanFolder(before).with("a.yaml", SERVICE.replace("id: string", "id: int64"));

        assertThat(service(plan(now), "a").shares().getFirst().content().schemaText())
                .contains("string");
        assertThat(service(plan(before), "a").shares().getFirst().content().schemaText())
                .contains("int64");
    }

    @Test
    void aSchemaThatDiffersIsSeenThoughTheFileThatNamesItIsTheSame() {
        String schema =
                "{ \"type\": \"object\", \"properties\": { \"id\": { \"type\": \"string\" } }, \"required\": [\"id\"] }";
        new PlanFolder(now).with("b.yaml", IMPORTED).with("item.json", schema);
        new PlanFolder(before)
                .with("b.yaml", IMPORTED)
                .with("item.json", schema.replace("}, \"required\"", " }, \"required\""));

        assertThat(service(plan(now), "b").shares().getFirst().schemaHash())
                .isNotEqualTo(service(plan(before), "b").shares().getFirst().schemaHash());
    }

    @Test
    void twoFilesOfOnePlanAreNotTakenForOneAnother() {
        new PlanFolder(now).with("one/a.yaml", SERVICE).with("two/a.yaml", SERVICE);

        PlanResult result = PlanReader.readDangling(List.of(now), null, known);

        assertThat(result.findings()).anySatisfy(each -> {
            assertThat(each.rule()).isEqualTo(Rule.DUPLICATE_SERVICE);
            assertThat(each.place().file()).endsWith("two/a.yaml");
        });
    }

    @Test
    void aFileWithFaultsIsReadEachTimeSoThatTheyAreReported() {
        new PlanFolder(now).with("a.yaml", SERVICE + "nonsense: 1\n");
        PlanReader.readDangling(List.of(now), null, known);

        assertThat(PlanReader.readDangling(List.of(now), null, known).findings())
                .hasSize(1);
    }
}
