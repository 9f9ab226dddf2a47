package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fairlead.cli.git.TestRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

class CheckAgainstTest {
    private static final String PROFILE = """
            service: profile
            shares:
              profile:
                kind: state
                key: id
                fields: { id: string, name: string, country: string }
            """;
    private static final String BILLING =
            "service: billing\nneeds:\n  profile.profile: { uses: [ name ], within: 5s, why: invoices }\n";

    @TempDir
    private Path temporary;

    private TestRepository repository;
    private Path plan;

    @BeforeEach
    void begin() throws IOException {
        repository = TestRepository.create(temporary.resolve("repository"))
                .write("readme.md", "nothing yet")
                .commit("zero")
                .write("plan/profile.yaml", PROFILE)
                .write("plan/billing.yaml", BILLING)
                .commit("one");
        plan = repository.root().resolve("plan");
    }

    /** The findings that are about a change. */
    private JsonNode json(Object... arguments) {
        Object[] all = Stream.concat(Stream.of(arguments), Stream.of("--format", "json"))
                .toArray();
        JsonNode findings =
                JsonMapper.shared().readTree(CommandRun.of(all).out()).get("findings");
        ArrayNode changes = JsonMapper.shared().createArrayNode();
        findings.valueStream().filter(each -> each.has("change")).forEach(changes::add);
        return changes;
    }

    @Test
    void refusesTheRenameOfAFieldThatIsUsed() throws IOException {
        repository.write("plan/profile.yaml", PROFILE.replace("name:", "fullName:"));

        CommandRun run = CommandRun.of("check", plan, "--against", "main");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Check: 2 services, 1 item against main; 1 error, 1 note\n")
                .contains("error    field-removed  ")
                .contains("witness     {\"id\":\"\",\"fullName\":\"\",\"country\":\"\"}");
        assertThat(run.out().lines().filter(line -> !line.contains(temporary.toString())))
                .allMatch(line -> line.length() <= 100);
        JsonNode broken = json("check", plan, "--against", "main").get(0);
        assertThat(broken.propertyNames())
                .containsExactly(
                        "rule",
                        "severity",
                        "message",
                        "file",
                        "line",
                        "column",
                        "change",
                        "mode",
                        "readers",
                        "witness",
                        "order");
        assertThat(broken.get("rule").asString()).isEqualTo("field-removed");
        assertThat(broken.get("mode").asString()).isEqualTo("full-transitive");
        assertThat(broken.get("readers").get(0).asString()).isEqualTo("billing");
        assertThat(broken.get("witness").get("fullName").asString()).isEmpty();
        assertThat(broken.get("line").asInt()).isEqualTo(3);
    }

    @Test
    void refusesWhatAViewOfOutsideClientsDoesNotShowAnyMore() throws IOException {
        String view = """
                    expose:
                      customers:
                        clearance: internal
                        fields: [ id, country ]
                        names: { label: name }
                """;
        repository.write("plan/profile.yaml", PROFILE + view).commit("two");
        repository.write("plan/profile.yaml", (PROFILE + view).replace(", country: string", ""));

        CommandRun gone = CommandRun.of("check", plan, "--against", "main");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.err()).isEmpty();
        JsonNode broken = json("check", plan, "--against", "main").get(0);
        assertThat(broken.get("rule").asString()).isEqualTo("field-removed");
        assertThat(broken.get("readers").get(0).asString()).isEqualTo("customers (outside)");
        assertThat(broken.get("line").asInt()).isEqualTo(10);
        assertThat(broken.get("column").asInt()).isEqualTo(23);
        assertThat(broken.get("witness").toString()).isEqualTo("{\"id\":\"\",\"label\":\"\"}");

        repository.write(
                "plan/profile.yaml",
                PROFILE + view.replace("names: { label: name }", "names: { l: name, label: name }"));
        assertThat(CommandRun.of("check", plan, "--against", "main").exitCode()).isZero();
    }

    @Test
    void letsPassWhatBreaksNobody() throws IOException {
        repository.write("plan/profile.yaml", PROFILE.replace("country: string", "city: string?"));

        CommandRun run = CommandRun.of("check", plan, "--against", "main");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("field-removed-unused").contains("field-added");
    }

    @Test
    void comparesWithAFolder() throws IOException {
        Path old = temporary.resolve("old");
        Files.createDirectories(old);
        Files.writeString(old.resolve("profile.yaml"), PROFILE.replace("name: string", "name: int32"));
        Files.writeString(old.resolve("billing.yaml"), BILLING);

        JsonNode findings = json("check", plan, "--against", old);

        assertThat(findings.get(0).get("change").asString()).isEqualTo("name: int32 -> string");
    }

    @Test
    void looksAtVersionsWhoseRecordsMayStillBeInTheLog() throws IOException {
        String withStatus = PROFILE.replace("country: string", "status: int32");
        repository.write("plan/profile.yaml", withStatus).commit("two");
        repository.write("plan/profile.yaml", PROFILE).commit("three");
        repository
                .write("plan/profile.yaml", withStatus.replace("int32", "string?"))
                .write("plan/billing.yaml", BILLING.replace("name", "name, status"));

        JsonNode findings = json("check", plan, "--against", "main");

        assertThat(findings.get(1).get("rule").asString()).isEqualTo("name-reused");
        assertThat(findings.get(1).get("witness").get("status").asInt()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aNeedOfWhatNeverWasIsAnInputError() throws IOException {
        repository.write("plan/billing.yaml", BILLING.replace("name", "nmae"));

        CommandRun run = CommandRun.of("check", plan, "--against", "main");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("billing.yaml:3:30: `profile.profile` has no field `nmae`")
                .hasLineCount(1);
    }

    @Test
    void nothingIsComparedWhereTheFolderWasNotThere() {
        CommandRun run = CommandRun.of("check", plan, "--against", "main~1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("fairlead: " + plan + " was not there at main~1: all of it counts as new\n");
    }

    @Test
    void refusesWhatItCannotCompareWith() throws IOException {
        CommandRun unknown = CommandRun.of("check", plan, "--against", "nope");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no revision `nope`").hasLineCount(1);

        Path outside = temporary.resolve("outside");
        Files.createDirectories(outside);
        Files.writeString(outside.resolve("profile.yaml"), PROFILE);
        CommandRun nowhere = CommandRun.of("check", outside, "--against", "main");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("not a git repository").hasLineCount(1);

        repository.write("plan/profile.yaml", "service: profile\nshaers: { }\n").commit("broken");
        repository.write("plan/profile.yaml", PROFILE);
        CommandRun broken = CommandRun.of("check", plan, "--against", "main");
        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.err())
                .contains("the plan of before cannot be read")
                .contains("main:" + plan + "/profile.yaml:2:1: unknown key `shaers`")
                .hasLineCount(1);
    }

    @Test
    void namesTheFileOfBeforeAsGitDoesWhenNothingElseIsLeft() throws IOException {
        Files.delete(plan.resolve("profile.yaml"));
        repository.write("plan/billing.yaml", "service: billing\n");

        JsonNode findings = json("check", plan, "--against", "main");

        assertThat(findings.get(0).get("rule").asString()).isEqualTo("item-removed");
        assertThat(findings.get(0).get("file").asString()).isEqualTo("main:" + plan + "/profile.yaml");
    }

    @Test
    void leavesNothingBehind() throws IOException {
        Path temporaries = Path.of(System.getProperty("java.io.tmpdir"));
        long before = workspaces(temporaries);

        CommandRun.of("check", plan, "--against", "main");
        CommandRun.of("check", plan, "--against", "nope");

        assertThat(workspaces(temporaries)).isEqualTo(before);
    }

    private static long workspaces(Path temporaries) throws IOException {
        try (Stream<Path> files = Files.list(temporaries)) {
            return files.filter(file -> Objects.toString(file.getFileName()).startsWith("fairlead-check"))
                    .count();
        }
    }

    @Test
    void writesSarifThatFitsItsSchema() throws IOException {
        repository.write("plan/profile.yaml", PROFILE.replace("name:", "fullName:"));
        Schema schema;
        try (InputStream file =
                Objects.requireNonNull(CheckAgainstTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(new String(file.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }

        CommandRun run = CommandRun.of("check", plan, "--against", "main", "--format", "sarif");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(schema.validate(run.out(), InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(run.out().replace("\"error\"", "\"grave\""), InputFormat.JSON))
                .as("the schema looks")
                .isNotEmpty();
        JsonNode results = JsonMapper.shared().readTree(run.out()).at("/runs/0/results");
        assertThat(results.size()).isEqualTo(2);
        assertThat(results.at("/0/ruleId").asString()).isEqualTo("field-removed");
        assertThat(results.at("/0/level").asString()).isEqualTo("error");
        assertThat(results.at("/0/message/text").asString()).contains("Witness: {\"id\":\"\"");
        assertThat(results.at("/0/locations/0/physicalLocation/region/startLine")
                        .asInt())
                .isEqualTo(3);
        assertThat(results.at("/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asString())
                .endsWith("/plan/profile.yaml");
        String moved = CommandRun.of("check", plan, "--against", "main", "--format", "sarif")
                .out();
        repository.write("plan/profile.yaml", "\n\n" + PROFILE.replace("name:", "fullName:"));
        assertThat(JsonMapper.shared()
                        .readTree(CommandRun.of("check", plan, "--against", "main", "--format", "sarif")
                                .out())
                        .at("/runs/0/results/0/partialFingerprints"))
                .as("a fingerprint stays when lines move")
                .isEqualTo(JsonMapper.shared().readTree(moved).at("/runs/0/results/0/partialFingerprints"));
    }

    @Test
    void checksAnImportedSchemaOfARevision() throws IOException {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"}},"
                        + "\"required\":[\"id\",\"name\"]}";
        repository
                .write(
                        "plan/profile.yaml",
                        "service: profile\nshares:\n  profile: { kind: state, key: id, schema: p.json }\n")
                .write("plan/p.json", schema)
                .commit("schema");
        repository.write("plan/p.json", schema.replace("\"id\",\"name\"", "\"id\""));

        JsonNode findings = json("check", plan, "--against", "main");

        assertThat(findings.size()).isEqualTo(2);
        assertThat(findings.get(1).get("rule").asString())
                .as("the first commit wrote it with fields of its own, and such records may still be there")
                .isEqualTo("schema-undecided");
        assertThat(findings.get(0).get("rule").asString()).isEqualTo("schema-breaking");
        assertThat(findings.get(0).get("change").asString()).isEqualTo("BREAKING(witness)");
        assertThat(findings.get(0).get("witness").toString()).isEqualTo("{\"id\":\"\"}");
        assertThat(CommandRun.of("check", plan, "--against", "main").exitCode()).isEqualTo(1);
    }

    @Test
    void writesJunitThatCiServersRead() throws Exception {
        repository.write("plan/profile.yaml", PROFILE.replace("name:", "fullName:"));

        String xml = CommandRun.of("check", plan, "--against", "main", "--format", "junit")
                .out();

        Element suites = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
        Element suite = (Element) suites.getElementsByTagName("testsuite").item(0);
        assertThat(suites.getTagName()).isEqualTo("testsuites");
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(2);
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("type")).isEqualTo("field-removed");
        assertThat(failure.getTextContent()).contains("witness: {\"id\":\"\"");
        repository
                .write("plan/profile.yaml", PROFILE)
                .write("plan/billing.yaml", BILLING.replace("name", "id, name, country"));
        assertThat(CommandRun.of("check", plan, "--format", "junit").out())
                .contains("tests=\"1\"")
                .contains("nothing found");
    }

    @Test
    void checksThePlanOfTheStore() throws IOException {
        Path store = Documents.root().resolve("examples/store/plan");
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.toList()) {
                repository.write("store/" + file.getFileName(), Files.readString(file));
            }
        }
        repository.commit("store");
        Path copy = repository.root().resolve("store");
        assertThat(CommandRun.of("check", copy, "--against", "main"))
                .satisfies(run -> assertThat(run.exitCode()).isZero());
        String profile = Files.readString(copy.resolve("profile.yaml"));
        assertThat(profile).contains("      name: ");
        repository.write("store/profile.yaml", profile.replace("      name: ", "      fullName: "));

        CommandRun run = CommandRun.of("check", copy, "--against", "main");

        assertThat(run.exitCode()).isEqualTo(1);
        JsonNode broken = json("check", copy, "--against", "main").get(0);
        assertThat(broken.get("rule").asString()).isEqualTo("field-removed");
        assertThat(Stream.iterate(0, number -> number + 1)
                        .limit(broken.get("readers").size())
                        .map(number -> broken.get("readers").get(number).asString()))
                .isEqualTo(List.of("billing", "shipping"));
    }
}
