package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.planner.report.TextReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that cannot be, units that do not fit, and what is as large as it may be: each is refused, or decided with finite numbers. */
class ContradictoryInputTest {
    private static final String OWNER =
            "service: a\nshares:\n  x: { kind: state, key: id, fields: { id: string }%s }\n";
    private static final String READER = "service: b\nneeds:\n  a.x: { %s }\n";

    @TempDir
    private Path folder;

    private PlanFolder plan(String share, String need) {
        return new PlanFolder(folder)
                .with("a.yaml", OWNER.formatted(share.isEmpty() ? "" : ", " + share))
                .with("b.yaml", READER.formatted(need));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys: -1",
                "keys: 0",
                "keys: NaN",
                "keys: Infinity",
                "keys: 1e400",
                "keys: 1.5",
                "keys: 10/s",
                "keys: 10B",
                "size: 0B",
                "size: -300B",
                "size: 300",
                "size: 300/s",
                "changes: -5/s",
                "changes: 5",
                "changes: 5B",
                "changes: NaN/s",
                "changes: 5/s..1/s",
                "retention: 0s",
                "retention: 5/s",
            })
    void noShareHasSuchNumbers(String share) {
        assertThat(plan(share, "within: 1s").rules()).singleElement().asString().startsWith("bad-quantity 3:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reads: -1/s",
                "reads: NaN",
                "reads: 10",
                "reads: 1..0/s",
                "within: -1s",
                "within: 5",
                "within: 5/s",
                "within: 1s..5s",
                "hot: 0%",
                "hot: 101%",
                "hot: 0.2",
                "per-request: 0",
                "per-request: 2.5",
                "conflate: 0s",
            })
    void noNeedHasSuchNumbers(String need) {
        assertThat(plan("", need).rules()).singleElement().asString().startsWith("bad-quantity 3:");
    }

    @Test
    void noNumberHasFourHundredDigits() {
        String digits = "9".repeat(400);
        assertThat(plan("keys: " + digits, "within: 1s").rules()).containsExactly("bad-quantity 3:60");
        assertThat(plan("changes: " + digits + "/s", "within: 1s").rules()).containsExactly("bad-quantity 3:63");
        assertThat(plan("keys: 0." + "0".repeat(400) + "1", "within: 1s").rules())
                .containsExactly("bad-quantity 3:60");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    budgets: { copyMemory: 0B }             | 1:24
                    budgets: { copyMemory: 5s }             | 1:24
                    budgets: { bootstrap: 1GB }             | 1:23
                    calls: { latencyP50: 0ms }              | 1:22
                    calls: { latencyP50: 2s, latencyP99: 20ms } | 1:38
                    costs: { push: 0 }                      | 1:16
                    costs: { pull: -3 }                     | 1:16
                    costs: { pull: NaN }                    | 1:16
                    """)
    void noLandscapeHasSuchNumbers(String landscape, String place) {
        assertThat(plan("", "within: 1s")
                        .with("landscape.yaml", landscape + "\n")
                        .rules())
                .containsExactly("bad-quantity " + place);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    keys: 1, size: 1B, changes: never                          | reads: never, within: 1us
                    keys: 1000000 billion, size: 1000TB, changes: 1000000 billion/s | reads: 1000000 billion/s, within: 100000d
                    keys: 1, size: 1B, changes: 0.000000001/day                | reads: 0.000000001/day, within: 100000d, hot: 0.000000001%
                    keys: 1, size: 1000TB, changes: 1000000 billion/s          | reads: 0/s, within: 0s, conflate: 1us
                    """)
    void theEndsOfAllRangesAreDecidedWithNumbersThatAreFinite(String share, String need) {
        Plan plan = plan(share, need).plan();
        Decisions decisions = Decisions.decide(plan);

        Decision decision = decisions.list().get(0);
        assertThat(decision.cost().figures().values()).allMatch(Double::isFinite);
        assertThat(decision.grounds().flips()).allMatch(flip -> Double.isFinite(flip.at()) && flip.at() >= 0);
        assertThat(Explanation.text(plan, decisions, decision)).doesNotContain("NaN", "Infinity");
        assertThat(decisions.ceilings().toString()).doesNotContain("NaN", "Infinity");
    }

    @Test
    void whoDecidesOnTheCurrentValueAndServesOldOnesContradictsItself() {
        assertThat(Decisions.decide(plan("", "within: 0s, when-stale: serve").plan())
                        .findings())
                .extracting(Finding::rule)
                .containsExactly(Rule.FRESHNESS_UNMET);
    }

    @Test
    void namesAreAsLongAsTheyMayBeAndNoLonger() {
        String longest = "n".repeat(48);
        PlanFolder plan = new PlanFolder(folder)
                .with(
                        "a.yaml",
                        OWNER.formatted("")
                                .replace("service: a", "service: " + longest)
                                .replace("x:", longest + ":"))
                .with("b.yaml", READER.formatted("within: 1s").replace("a.x", longest + "." + longest));
        Decisions decisions = Decisions.decide(plan.plan());
        assertThat(Explanation.text(plan.plan(), decisions, decisions.list().get(0))
                        .lines())
                .allMatch(line -> line.length() <= 100 || line.startsWith(longest));

        assertThat(new PlanFolder(folder.resolve("longer"))
                        .with("a.yaml", OWNER.formatted("").replace("x:", "n".repeat(49) + ":"))
                        .rules())
                .containsExactly("bad-name 3:3");
    }

    @Test
    void anItemHasAThousandFieldsAtMost() {
        Plan plan = fields(1_000).plan();
        Decisions decisions = Decisions.decide(plan);

        assertThat(decisions.list()).hasSize(1);
        assertThat(TextReport.of(JudgedPlan.of(plan, decisions, List.of())).lines())
                .allMatch(line -> line.length() <= 100);
        assertThat(fields(1_001).lines())
                .containsExactly("a.yaml:2:13048: a record has more than 1000 fields (split it)");
    }

    @Test
    void soDoesAnImportedSchema() {
        assertThat(imported(1_000).lines()).isEmpty();
        assertThat(imported(1_001).lines())
                .containsExactly("a.yaml:2:44: the records of this schema have more than 1000 members (split it)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s.json  | {\"type\": \"object\"} | object with `properties`",
                "s.avsc  | {\"type\": \"rec\"}     | record with `fields`",
                "s.proto | message {              | message with fields",
            })
    void aSchemaWithoutMembersIsTheOnlyFaultThatIsTold(String file, String text, String wanted) {
        PlanFolder plan = new PlanFolder(folder)
                .with("a.yaml", "service: a\nshares: {x: {kind: state, key: id, schema: " + file + "}}\n")
                .with(file, text);

        assertThat(plan.lines())
                .singleElement()
                .asString()
                .startsWith("a.yaml:2:44: no " + wanted + " was found in ")
                .endsWith(file + " (put the file right)");
    }

    @Test
    void aSchemaThatCannotBeParsedIsToldOnceAndAtTheFileAsItWasNamed() {
        PlanFolder plan = new PlanFolder(folder)
                .with("a.yaml", "service: a\nshares: {x: {kind: state, key: id, schema: s.json}}\n")
                .with("s.json", "{nope");

        assertThat(plan.lines()).singleElement().asString().startsWith("s.json:1:6: not valid JSON");
    }

    private PlanFolder imported(int count) {
        String properties = IntStream.range(0, count)
                .mapToObj(number -> "\"f" + number + "\": {\"type\": \"integer\"}")
                .collect(Collectors.joining(",", "{", "}"));
        return new PlanFolder(folder)
                .with("a.yaml", "service: a\nshares: {x: {kind: state, key: f0, schema: wide.json}}\n")
                .with("b.yaml", READER.formatted("within: 1s"))
                .with("wide.json", "{\"required\": [\"f0\"], \"properties\": " + properties + "}");
    }

    private PlanFolder fields(int count) {
        String fields = IntStream.range(0, count)
                .mapToObj(number -> String.format(Locale.ROOT, "f%04d: int32", number))
                .collect(Collectors.joining(",", "{", "}"));
        return new PlanFolder(folder)
                .with("a.yaml", "service: a\nshares: {x: {kind: state, key: f0000, fields: " + fields + "}}\n")
                .with("b.yaml", READER.formatted("within: 1s"));
    }

    @Test
    void aRecordCannotHoldItself() {
        String circle =
                "service: a\nshares:\n  x: { kind: state, key: id, fields: &f { id: string, self: { type: record,"
                        + " fields: *f } } }\n";

        assertThat(new PlanFolder(folder).with("a.yaml", circle).lines())
                .containsExactly("a.yaml:3:85: the alias `*f` stands inside what it names (write it out)");
    }

    @Test
    void linesMayEndAsWindowsEndsThem() {
        List<byte[]> files = List.of(OWNER.formatted(", keys: 10"), READER.formatted("within: 1s")).stream()
                .map(text -> ("\ufeff" + text.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8))
                .toList();
        PlanFolder plan = new PlanFolder(folder).with("a.yaml", files.get(0)).with("b.yaml", files.get(1));

        assertThat(plan.lines()).isEmpty();
        assertThat(Decisions.decide(plan.plan()).list().get(0).need().place().line())
                .isEqualTo(3);
        assertThat(plan.with("a.yaml", "service: a\r\nteem: x\r\n").lines())
                .contains("a.yaml:2:1: unknown key `teem` in the service (did you mean `team`?)");
    }
}
