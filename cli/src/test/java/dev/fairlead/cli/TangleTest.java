package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.Rule;
import java.nio.file.Path;
import java.util.Arrays;
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
                        "copy-over-budget",
                        "distributed-monolith",
                        "entity-service",
                        "event-as-command",
                        "freshness-unlimited",
                        "freshness-unmet",
                        "intimate-pair",
                        "long-sync-chain",
                        "mixed-cycle",
                        "mutual-dependency",
                        "not-erasable",
                        "over-sharing",
                        "pass-through-item",
                        "query-too-wide",
                        "shared-invariant");
        assertThat(rules("tangle", "note")).containsExactly("hub", "unstable-dependency", "unused-item");
    }

    /** Every rule of structure but the one that needs a baseline, so that a new rule must be shown here too. */
    @Test
    void noRuleIsLeftOut() {
        List<String> shown = findings("tangle").stream()
                .map(each -> each.get("rule").asString())
                .sorted()
                .toList();
        List<String> all = Arrays.stream(Rule.values())
                .filter(rule -> rule.stage() == Rule.Stage.STRUCTURE && rule != Rule.WORSE_THAN_BASELINE)
                .map(Rule::id)
                .sorted()
                .toList();

        assertThat(shown).isEqualTo(all);
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
        assertThat(findings("store")).isEmpty();
    }
}
