package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckCommandTest {
    @TempDir
    private Path folder;

    private Path plan;

    @BeforeEach
    void beginAPlan() {
        plan = folder.resolve("plan");
        assertThat(CommandRun.of("init", plan).exitCode()).isZero();
    }

    @Test
    void letsAGoodPlanPass() {
        CommandRun run = CommandRun.of("check", plan);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Check: 3 services, 2 items; ").doesNotContain("error", "warning");
    }

    @Test
    void endsWithOneForAFaultOfStructure() throws IOException {
        Files.writeString(
                plan.resolve("nosy.yaml"),
                "service: nosy\nneeds:\n  catalog.product: { uses: [ cost ], within: 60s }\n");

        CommandRun text = CommandRun.of("check", plan);
        CommandRun json = CommandRun.of("check", plan, "--format", "json");

        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.out()).contains("1 error").contains("error    class-above-clearance  ");
        assertThat(json.exitCode()).isEqualTo(1);
        JsonNode finding = JsonMapper.shared()
                .readTree(json.out())
                .get("findings")
                .valueStream()
                .filter(each -> each.get("severity").asString().equals("error"))
                .findFirst()
                .orElseThrow();
        assertThat(finding.propertyNames()).containsExactly("rule", "severity", "message", "file", "line", "column");
        assertThat(finding.get("rule").asString()).isEqualTo("class-above-clearance");
    }

    @Test
    void endsWithTwoWhenNothingFitsANeed() throws IOException {
        Files.writeString(plan.resolve("landscape.yaml"), "mechanisms: { activemq: { url: x } }\n");

        CommandRun text = CommandRun.of("check", plan);
        CommandRun json = CommandRun.of("check", plan, "--against", plan, "--format", "json");

        assertThat(text.exitCode()).isEqualTo(2);
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).contains("no mechanism fits `catalog.product` as feed: activemq cannot be read again");
        assertThat(json.exitCode()).isEqualTo(2);
        assertThat(JsonMapper.shared().readTree(json.out()).get("findings").valueStream())
                .extracting(each -> each.get("rule").asString())
                .contains("no-fitting-mechanism");
    }

    @Test
    void endsWithTwoForAPlanThatCannotBeRead() throws IOException {
        Files.writeString(plan.resolve("broken.yaml"), "service: broken\nteem: x\n");

        CommandRun text = CommandRun.of("check", plan);
        CommandRun json = CommandRun.of("check", plan, "--format", "json");

        assertThat(text.exitCode()).isEqualTo(2);
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).contains("broken.yaml:2:1: ").hasLineCount(1);
        assertThat(json.exitCode()).isEqualTo(2);
        assertThat(JsonMapper.shared().readTree(json.out()).get("findings").size())
                .isEqualTo(1);
    }
}
