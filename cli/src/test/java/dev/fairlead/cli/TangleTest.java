package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A landscape that was made bad shows each anti-pattern once, and good ones show none. */
class TangleTest {
    private static final Path EXAMPLES = Documents.root().resolve("examples");

    private static List<JsonNode> findings(String example) {
        CommandRun run = CommandRun.of("plan", EXAMPLES.resolve(example).resolve("plan"), "--format", "json");
        JsonNode report = JsonMapper.shared().readTree(run.out());
        return StreamSupport.stream(report.get("findings").spliterator(), false).toList();
    }

    private static List<String> rules(String example, String severity) {
        return findings(example).stream()
                .filter(each -> each.get("severity").asString().equals(severity))
                .map(each -> each.get("rule").asString())
                .sorted()
                .toList();
    }

    @Test
    void theTangleShowsEachAntiPatternOnce() {
        assertThat(rules("tangle", "error"))
                .containsExactly(
                        "availability-below-target",
                        "class-above-clearance",
                        "shared-write",
                        "sync-cycle",
                        "unviewed-table");
        assertThat(rules("tangle", "warning"))
                .containsExactly(
                        "chatty-reader",
                        "distributed-monolith",
                        "entity-service",
                        "event-as-command",
                        "intimate-pair",
                        "long-sync-chain",
                        "mixed-cycle",
                        "mutual-dependency",
                        "over-sharing",
                        "pass-through-item");
        assertThat(rules("tangle", "note")).containsExactly("unused-item");
    }

    @Test
    void everyFindingStandsInAFileAndSaysWhatToDo() {
        assertThat(findings("tangle")).allSatisfy(each -> {
            assertThat(each.get("file").asString()).contains("tangle/plan/").endsWith(".yaml");
            assertThat(each.get("line").asInt()).isPositive();
            assertThat(each.get("column").asInt()).isPositive();
            assertThat(each.get("message").asString()).containsPattern("\\(.+\\)");
        });
    }

    @Test
    void theGoodLandscapesShowNone() {
        assertThat(findings("trading")).isEmpty();
        assertThat(rules("store", "error")).isEmpty();
        assertThat(rules("store", "warning")).isEmpty();
        assertThat(findings("store"))
                .singleElement()
                .satisfies(note -> assertThat(note.get("message").asString())
                        .startsWith("nobody uses `email` of `profile.profile`"));
    }
}
