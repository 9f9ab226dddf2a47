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
    void tellsWhatIsExposedToWhom() throws IOException {
        write("orders.yaml", """
                service: orders
                shares:
                  order:
                    kind: state
                    key: id
                    fields: { id: string, owner: string }
                    expose:
                      customers:
                        { fields: [ id ], names: { who: owner }, only: { owner: sub }, clearance: internal, quota: 5k/day }
                """);

        CommandRun run = CommandRun.of("plan", plan, "--format", "json");

        assertThat(JsonMapper.shared().readTree(run.out()).get("exposed").get(0).toString())
                .isEqualTo(
                        "{\"item\":\"orders.order\",\"clients\":\"customers\",\"shown\":[{\"fields\":{\"id\":\"id\",\"who\":\"owner\"}}],"
                                + "\"only\":{\"owner\":\"sub\"},\"clearance\":\"internal\",\"rate\":null,"
                                + "\"quota\":{\"calls\":5000,\"seconds\":86400},\"deprecated\":null,\"sunset\":null}");
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
        assertThat(report.propertyNames())
                .containsExactly("decisions", "exposed", "findings", "metrics", "ceilings", "lock");
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
        assertThat(decision.get("confidence").asString()).isEqualTo("high");
        assertThat(decision.get("flips").get(0).propertyNames()).containsExactly("input", "now", "at", "to");
        assertThat(decision.get("rejected").get(0).propertyNames()).containsExactly("scenario", "mechanism", "why");
        assertThat(decision.get("assumptions").get(0).propertyNames()).containsExactly("input", "value", "source");
        assertThat(report.get("metrics").get("services").get("checkout").propertyNames())
                .containsExactly(
                        "ads",
                        "ais",
                        "acs",
                        "instability",
                        "availabilityCeiling",
                        "outageRadius",
                        "rcs",
                        "ris",
                        "nssd",
                        "nasd");
        assertThat(report.get("metrics").get("landscape").propertyNames())
                .containsExactly(
                        "siy",
                        "scf",
                        "ccd",
                        "acd",
                        "nccd",
                        "propagationCost",
                        "longestSyncChain",
                        "acu",
                        "sdb",
                        "dtu",
                        "iddsd",
                        "iddt",
                        "mci",
                        "fieldExposure");
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
        assertThat(refused.err())
                .contains("cannot write --out")
                .contains("its folder is not there")
                .hasLineCount(1);
    }

    @Test
    void takesTheLandscapeThatIsNamed() throws IOException {
        Path production = folder.resolve("production.yaml");
        Files.writeString(production, "mechanisms: { kafka: { url: \"kafka:9092\", replicas: 3 } }\n");

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

    @Test
    void explainsOneDecisionInLinesThatFitATerminal() {
        CommandRun run = CommandRun.of("plan", plan, "--explain", "catalog.product@checkout");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("catalog.product for checkout: feed on embedded, confidence high\n");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(List.of("need", "because", "gate", "not", "flips", "cost", "expect", "assumed"))
                .allSatisfy(
                        label -> assertThat(run.out().lines()).anyMatch(line -> line.startsWith("  " + label + " ")));
    }

    @Test
    void explainsWithTheNumbersThatItReckonedWith() throws IOException {
        write("vague.yaml", "service: vague\nshares:\n  x: { kind: state, key: id, fields: { id: string } }\n");
        write("asker.yaml", "service: asker\nneeds: { vague.x: { within: 5s } }\n");

        assertThat(CommandRun.of("plan", plan, "--explain", "vague.x@asker").out())
                .contains("reads 10/s, within 5s; 10000 keys of 300B, changes 1/s")
                .doesNotContain("not said keys");
    }

    @Test
    void namesTheNeedsThatThereAreToExplain() {
        for (String asked : List.of("catalog.product", "catalog.product@nobody", "nothing@checkout", "@")) {
            CommandRun run = CommandRun.of("plan", plan, "--explain", asked);

            assertThat(run.exitCode()).as(asked).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("there is no need " + asked + " in this plan (write ITEM@SERVICE, for example "
                            + "catalog.product@checkout");
        }
    }

    @Test
    void endsWithTwoWhenNothingFitsANeed() throws IOException {
        write("landscape.yaml", "mechanisms: { activemq: { url: x } }\n");

        CommandRun run = CommandRun.of("plan", plan);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no mechanism fits `catalog.product` as feed: activemq cannot be read again");
    }

    @Test
    void changesNothingUnlessItIsToldTo() throws IOException {
        CommandRun.of("plan", plan, "--detailed-exitcode");
        CommandRun.of("plan", plan, "--format", "json");

        assertThat(plan.resolve("fairlead.lock")).doesNotExist();
    }

    @Test
    void writesTheLockAndSaysWhenItIsThatOfThePlanNoMore() throws IOException {
        assertThat(CommandRun.of("plan", plan, "--detailed-exitcode").exitCode())
                .as("there is no lock yet")
                .isEqualTo(2);

        CommandRun written = CommandRun.of("plan", plan, "--write-lock");
        assertThat(written.exitCode()).isZero();
        assertThat(written.out()).contains("fairlead.lock was written, with ");
        String locked = Files.readString(plan.resolve("fairlead.lock"));

        CommandRun again = CommandRun.of("plan", plan, "--write-lock", "--detailed-exitcode");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).endsWith("fairlead.lock is that of this plan\n");
        assertThat(Files.readString(plan.resolve("fairlead.lock"))).isEqualTo(locked);

        write("late.yaml", "service: late\nneeds:\n  catalog.product: { uses: [ sku ], within: 60s }\n");
        CommandRun outdated = CommandRun.of("plan", plan, "--detailed-exitcode");
        assertThat(outdated.exitCode()).isEqualTo(2);
        assertThat(outdated.out())
                .contains("fairlead.lock is not that of this plan any more: ")
                .contains("\n  catalog.product: reader late: feed on embedded is new\n");
        assertThat(CommandRun.of("plan", plan).exitCode())
                .as("without the option it is only said")
                .isZero();
        assertThat(Files.readString(plan.resolve("fairlead.lock"))).isEqualTo(locked);
        JsonNode lock = JsonMapper.shared()
                .readTree(CommandRun.of("plan", plan, "--format", "json").out())
                .get("lock");
        assertThat(lock.get("state").asString()).isEqualTo("outdated");
        assertThat(lock.get("changes").get(0).asString())
                .isEqualTo("catalog.product: reader late: feed on embedded is new");
    }

    @Test
    void locksNoPlanThatHasErrors() throws IOException {
        write("nosy.yaml", "service: nosy\nneeds:\n  catalog.product: { uses: [ cost ], within: 60s }\n");

        CommandRun run = CommandRun.of("plan", plan, "--write-lock", "--detailed-exitcode");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("fairlead.lock: was not written, because of the errors of the plan");
        assertThat(plan.resolve("fairlead.lock")).doesNotExist();
    }

    @Test
    void refusesALockThatWasDamaged() throws IOException {
        assertThat(CommandRun.of("plan", plan, "--write-lock").exitCode()).isZero();
        write("fairlead.lock", "lock 1\n<<<<<<< HEAD\n");

        CommandRun run = CommandRun.of("plan", plan);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("fairlead.lock:2:1: this line is not as it was written (restore it,");
    }
}
