package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanCommandTest {
    @TempDir
    private Path folder;

    private Path plan;

    @BeforeEach
    void beginAPlan() {
        plan = folder.resolve("plan");
        assertThat(CommandRun.of("init", plan).exitCode()).isZero();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(plan.resolve(file), text);
    }

    @Test
    void reportsAGoodPlan() {
        CommandRun run = CommandRun.of("plan", plan);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Plan: 3 services, 2 items, 3 needs; landscape: ")
                .contains("Findings: none");
    }

    @Test
    void reportsInputErrorsOnStandardErrorOneLineEach() throws IOException {
        write("broken.yaml", "service: Broken\nteem: x\n");

        CommandRun run = CommandRun.of("plan", plan);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .hasSize(2)
                .allMatch(line -> line.matches(".*/broken\\.yaml:\\d+:\\d+: .+ \\(.+\\)"));
    }

    @Test
    void endsWithOneWhenTheVerdictIsBad() throws IOException {
        write("nosy.yaml", "service: nosy\nneeds:\n  catalog.product: { uses: [ cost ], within: 60s }\n");

        CommandRun run = CommandRun.of("plan", plan);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("class-above-clearance");
    }

    @Test
    void endsWithZeroWhenThereAreOnlyWarnings() throws IOException {
        write("vague.yaml", "service: vague\nneeds:\n  catalog.product: { uses: [ sku ] }\n");

        CommandRun run = CommandRun.of("plan", plan);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("freshness-unlimited");
    }

    @Test
    void writesTheKeysThatScriptsRelyOn() {
        CommandRun run = CommandRun.of("plan", plan, "--format", "json");

        assertThat(run.exitCode()).isZero();
        JsonNode report = JsonMapper.shared().readTree(run.out());
        assertThat(report.propertyNames()).containsExactly("decisions", "findings", "metrics");
        JsonNode decision = report.get("decisions").get(0);
        assertThat(decision.propertyNames())
                .containsExactly(
                        "item",
                        "reader",
                        "scenario",
                        "mechanism",
                        "reasons",
                        "gate",
                        "rejected",
                        "flips",
                        "assumptions",
                        "confidence",
                        "cost",
                        "why");
        assertThat(decision.get("item").asString()).isEqualTo("catalog.product");
        assertThat(decision.get("reader").asString()).isEqualTo("checkout");
        assertThat(decision.get("scenario").asString()).isEqualTo("feed");
        assertThat(decision.get("mechanism").asString()).isEqualTo("embedded");
        assertThat(decision.get("gate").isNull()).isTrue();
        assertThat(decision.get("confidence").asString()).isEqualTo("low");
        assertThat(decision.get("rejected").get(0).propertyNames()).containsExactly("scenario", "mechanism", "why");
        assertThat(decision.get("assumptions").get(0).propertyNames()).containsExactly("input", "value", "source");
        assertThat(report.get("metrics").get("services").get("checkout").propertyNames())
                .containsExactly("ads", "ais", "acs", "instability", "availabilityCeiling", "outageRadius");
        assertThat(report.get("metrics").get("landscape").propertyNames())
                .containsExactly(
                        "siy", "scf", "ccd", "acd", "nccd", "propagationCost", "longestSyncChain", "acu", "sdb");
    }

    @Test
    void writesFindingsAsJsonEvenWhenNothingCanBeDecided() throws IOException {
        write("broken.yaml", "service: broken\nteem: x\n");

        CommandRun run = CommandRun.of("plan", plan, "--format", "json");

        assertThat(run.exitCode()).isEqualTo(2);
        JsonNode report = JsonMapper.shared().readTree(run.out());
        JsonNode finding = report.get("findings").get(0);
        assertThat(finding.propertyNames()).containsExactly("rule", "severity", "message", "file", "line", "column");
        assertThat(finding.get("rule").asString()).isEqualTo("unknown-key");
        assertThat(finding.get("severity").asString()).isEqualTo("error");
        assertThat(finding.get("line").asInt()).isEqualTo(2);
        assertThat(finding.get("column").asInt()).isEqualTo(1);
        assertThat(report.get("decisions").isEmpty()).isTrue();
    }

    @Test
    void givesTheSameBytesForTheSamePlan() {
        for (String format : List.of("text", "json")) {
            assertThat(CommandRun.of("plan", plan, "--format", format))
                    .isEqualTo(CommandRun.of("plan", plan, "--format", format));
        }
    }

    @Test
    void writesTheReportToAFile() throws IOException {
        Path report = folder.resolve("report.json");

        CommandRun run = CommandRun.of("plan", plan, "--format", "json", "--out", report);

        assertThat(run).isEqualTo(new CommandRun(0, "", ""));
        assertThat(Files.readString(report))
                .isEqualTo(CommandRun.of("plan", plan, "--format", "json").out());
        CommandRun refused = CommandRun.of("plan", plan, "--out", folder.resolve("none/report.json"));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("cannot write --out").hasLineCount(1);
    }

    @Test
    void takesTheLandscapeThatIsNamed() throws IOException {
        Path production = folder.resolve("production.yaml");
        Files.writeString(production, "mechanisms: { kafka: { url: \"kafka:9092\" } }\n");

        CommandRun run = CommandRun.of("plan", plan, "--landscape", production);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("landscape: " + production).contains("feed on kafka");
        CommandRun missing = CommandRun.of("plan", plan, "--landscape", folder.resolve("none.yaml"));
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("none.yaml:1:1: there is no such file");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        CommandRun run = CommandRun.of("plan", folder.resolve("none"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).endsWith("/none:1:1: there is no such folder (name a folder with plan files)\n");
    }
}
